import { receiptPdf } from '@/components/receipts/receipt-pdf'
import { serverContext } from '@/lib/context'
import { seeOther } from '@/lib/http/form'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'
import { checkPath, receiptPath } from '@/lib/receipts/paths'
import { getReceipt } from '@/lib/receipts/queries'
import { sealPaper } from '@/lib/receipts/seal'
import { readNumber } from '@/lib/receipts/numbers'
import { isOwner } from '../../../own-secret'
import { answerWithPaper } from '../../../render-paper'

interface Props {
  params: Promise<{ locale: string; code: string; so: string }>
}

/** A receipt as a sealed PDF with its proof inside. Until the proof is there, the receipt's page says to wait. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale: language, code: typed, so } = await params
  const locale = isLocale(language) ? language : 'vi'
  const code = normalizeCode(typed)
  const number = readNumber(so)
  const context = serverContext()
  const isOwn = await isOwner(context, code)
  const receipt = number === null ? null : await getReceipt(context, { code, number, isOwn }, locale)
  if (!receipt?.line.entry) return seeOther(localePath(locale, receiptPath(code, number ?? 0n)))
  const link = `${context.origin}${localePath(locale, checkPath(receipt.line.number))}`
  const isSample = context.installation.kind === 'sample'
  return answerWithPaper(`tung-dong-${code}-${receipt.line.number}`, ['receipt', link, receipt], async (read) =>
    Buffer.from(await sealPaper(context, await receiptPdf(receipt, { link, isSample, read }))),
  )
}
