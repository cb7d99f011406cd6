import { certificatePdf } from '@/components/certificate/certificate-pdf'
import { getCertificate } from '@/lib/certificates/queries'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { giftPath } from '@/lib/pledges/cookies'
import { ownSecret } from '../own-secret'
import { answerWithPaper } from '../render-paper'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

/**
 * The certificate of thanks for a gift that came. Whose browser holds the gift's secret finds their own name on it,
 * everybody else the public one. Where there is none, the gift's page says why.
 */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale: language, code: typed } = await params
  const locale = isLocale(language) ? language : 'vi'
  const code = normalizeCode(typed)
  const context = serverContext()
  const found = await getCertificate(context, code, (await ownSecret(context, code)) !== null, locale)
  if (!found.ok) return seeOther(localePath(locale, giftPath(code)))
  const link = `${context.origin}${localePath(locale, giftPath(code))}`
  const isSample = context.installation.kind === 'sample'
  return answerWithPaper(`tung-dong-${code}`, ['certificate', link, found.value], (read) =>
    certificatePdf(found.value, { link, isSample, read }),
  )
}
