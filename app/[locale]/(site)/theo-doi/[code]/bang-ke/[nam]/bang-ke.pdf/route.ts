import { statementPdf } from '@/components/receipts/receipt-pdf'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { listNameCommitments } from '@/lib/donors/own-name'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { readYear } from '@/lib/receipts/numbers'
import { checkStatementPath, statementPath } from '@/lib/receipts/paths'
import { canProve, proveStatement } from '@/lib/receipts/queries'
import { sealPaper } from '@/lib/receipts/seal'
import { answerWithPaper } from '../../../render-paper'
import { shownStatement } from '../../shown-statement'

interface Props {
  params: Promise<{ locale: string; code: string; nam: string }>
}

/** The statement that its page shows, as a sealed PDF with the proofs inside. Where there is none, its page says why. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale: language, code: typed, nam } = await params
  const locale = isLocale(language) ? language : 'vi'
  const code = normalizeCode(typed)
  const year = readYear(nam)
  const context = serverContext()
  const { isOwn, statement } = await shownStatement(context, { code, year, locale })
  if (!statement || !(await canProve(context, statement))) return seeOther(localePath(locale, statementPath(code, nam)))
  const link = `${context.origin}${localePath(locale, checkStatementPath(statement))}`
  const isSample = context.installation.kind === 'sample'
  // What opens the name of each code is inside, and it is another where that name was corrected.
  const codes = statement.purposes.map((purpose) => purpose.code)
  const names = isOwn ? await listNameCommitments(context, codes) : null
  return answerWithPaper(`tung-dong-${code}-${statement.year}`, ['statement', link, names, statement], async (read) => {
    const proofs = await proveStatement(context, statement, isOwn)
    return Buffer.from(await sealPaper(context, await statementPdf(statement, proofs, { link, isSample, read })))
  })
}
