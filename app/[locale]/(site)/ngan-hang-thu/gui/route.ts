import { serverContext } from '@/lib/context'
import { readForm, seeOther } from '@/lib/http/form'
import { problem } from '@/lib/http/problem'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { parseVnd } from '@/lib/money/vnd'
import { isMangling, TEST_BANKS } from '@/lib/payments/test-bank/memos'
import { sendTestTransfer } from '@/lib/payments/test-bank/send'
import { readVietQr } from '@/lib/payments/vietqr/vietqr'

interface Props {
  params: Promise<{ locale: string }>
}

const PATH = '/ngan-hang-thu'
const MOST_VND = 100_000_000_000n
const MOST_SHOWN = 300

/** Sends the test bank's notice, then on to what was sent and answered. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const back = (values: Record<string, string>, path = PATH) =>
    seeOther(`${localePath(locale, path)}?${new URLSearchParams(values).toString()}`)
  if (context.installation.kind !== 'sample') return problem(404, 'Not found', 'There is no test bank here.')
  const form = await readForm(request)
  if (!form.ok) return back({ loi: 'form' })
  const { qr = '', amount = '', bank = '', mangling = '' } = form.value
  const typed = { qr: qr.slice(0, 1_000), amount: amount.slice(0, 40), bank, mangling }
  const read = readVietQr(qr)
  if (!read.ok) return back({ qr: typed.qr })
  const amountVnd = parseVnd(amount)
  if (amountVnd === null || amountVnd < 1n || amountVnd > MOST_VND)
    return back({ ...typed, bank: bank.slice(0, 40), mangling: mangling.slice(0, 40), loi: 'amount' })
  if (!isMangling(mangling) || !TEST_BANKS.some(({ key }) => key === bank))
    return back({ qr: typed.qr, amount: typed.amount, loi: 'choice' })
  try {
    const notice = await sendTestTransfer(context, {
      accountNumber: read.value.account,
      amountVnd,
      memo: read.value.purpose ?? '',
      bankKey: bank,
      mangling,
    })
    return back(
      {
        qr: typed.qr,
        amount: String(amountVnd),
        memo: notice.memo.slice(0, MOST_SHOWN),
        reference: notice.reference,
        status: String(notice.status),
        answer: notice.answer.slice(0, MOST_SHOWN),
      },
      `${PATH}/da-gui`,
    )
  } catch {
    return back({ ...typed, loi: 'unreachable' })
  }
}

/** Somebody opened the address of the handler: the form is next door. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale } = await params
  return seeOther(localePath(isLocale(locale) ? locale : 'vi', PATH))
}
