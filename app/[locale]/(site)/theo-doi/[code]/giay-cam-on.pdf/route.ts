import { cookies } from 'next/headers'
import { getCertificate } from '@/lib/certificates/queries'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { problem } from '@/lib/http/problem'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { isSecretOf } from '@/lib/pledges/commands'
import { giftPath, keyCookie } from '@/lib/pledges/cookies'
import { renderCertificate } from './render'

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
  const secret = (await cookies()).get(keyCookie(code))?.value
  const isOwn = secret !== undefined && (await isSecretOf(context, code, secret))
  const found = await getCertificate(context, code, isOwn, locale)
  if (!found.ok) return seeOther(localePath(locale, giftPath(code)))
  const link = `${context.origin}${localePath(locale, giftPath(code))}`
  const pdf = await renderCertificate(found.value, { link, isSample: context.installation.kind === 'sample' })
  if (!pdf) return problem(503, 'Busy', 'Many certificates are being made. Please ask again in a moment.', { 'Retry-After': '5' })
  return new Response(pdf, {
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Length': String(pdf.length),
      'Content-Disposition': `inline; filename="tung-dong-${code}.pdf"`,
      // It may carry a name that is not public.
      'Cache-Control': 'private, no-store',
    },
  })
}
