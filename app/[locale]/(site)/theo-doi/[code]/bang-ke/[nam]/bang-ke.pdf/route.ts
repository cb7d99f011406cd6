import { statementPdf } from '@/components/receipts/receipt-pdf'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { readYear } from '@/lib/receipts/numbers'
import { checkCodePath, statementPath } from '@/lib/receipts/paths'
import { canProve, getYearStatement, proveStatement } from '@/lib/receipts/queries'
import { sealPaper } from '@/lib/receipts/seal'
import { ownSecret } from '../../../own-secret'
import { answerWithPaper } from '../../../render-paper'

interface Props {
  params: Promise<{ locale: string; code: string; nam: string }>
}

/** All that came with a code in a year, as a sealed PDF with the proofs inside. Where there is none, its page says why. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale: language, code: typed, nam } = await params
  const locale = isLocale(language) ? language : 'vi'
  const code = normalizeCode(typed)
  const year = readYear(nam)
  const context = serverContext()
  const isOwn = (await ownSecret(context, code)) !== null
  const statement = year === null ? null : await getYearStatement(context, { code, year, isOwn }, locale)
  if (!statement || !(await canProve(context, statement))) return seeOther(localePath(locale, statementPath(code, nam)))
  const link = `${context.origin}${localePath(locale, checkCodePath(statement.code))}`
  const isSample = context.installation.kind === 'sample'
  return answerWithPaper(`tung-dong-${code}-${statement.year}`, ['statement', link, isOwn, statement], async (read) => {
    const proofs = await proveStatement(context, statement, isOwn)
    return Buffer.from(await sealPaper(context, await statementPdf(statement, proofs, { link, isSample, read })))
  })
}
