import { createServer, type IncomingMessage } from 'node:http'
import { addDays } from '../../lib/time/day'

/** A line as the aggregator knows it; `when` on Việt Nam's clock. */
export interface ListedLine {
  id: number
  accountNumber: string
  /** Below zero for money that went out. */
  amount: number
  memo: string
  reference: string
  when: string
}

/** The lists of transactions of Casso (API V2) and SePay (API V1), as their documentation describes them. */
export interface FakeBankApi {
  casso: { url: string; key: string }
  sepay: { url: string; key: string }
  lines: ListedLine[]
  /** What was asked, path and query, in order. */
  asked: string[]
  /** Answers so many more calls, and fails at the next. */
  failAfter: (calls: number) => void
  close: () => Promise<void>
}

const CASSO_KEY = 'test_casso_api_key'
const SEPAY_KEY = 'test_sepay_token'

/** Starts the fake on a free port. */
export async function startBankApi(): Promise<FakeBankApi> {
  const lines: ListedLine[] = []
  const asked: string[] = []
  let left = Infinity
  const answer = (request: IncomingMessage): { status: number; body: string } => {
    asked.push(request.url ?? '')
    const url = new URL(request.url ?? '', 'http://fake')
    const failing = left <= 0
    left = failing ? Infinity : left - 1
    if (failing) return { status: 502, body: '<html>' }
    if (url.pathname === '/casso/transactions') {
      const isKnown = request.headers.authorization === `Apikey ${CASSO_KEY}`
      if (!isKnown) return { status: 401, body: JSON.stringify({ error: 401, message: 'Unauthorized Access', data: null }) }
      return { status: 200, body: JSON.stringify(cassoPage(lines, url.searchParams)) }
    }
    if (url.pathname === '/sepay/transactions/list') {
      // SePay's first version says nothing at all, with success, to whom it does not know.
      if (request.headers.authorization !== `Bearer ${SEPAY_KEY}`) return { status: 200, body: '' }
      return { status: 200, body: JSON.stringify(sepayList(lines, url.searchParams)) }
    }
    return { status: 404, body: '' }
  }
  const server = createServer((request, response) => {
    const { status, body } = answer(request)
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  return {
    casso: { url: `${origin}/casso`, key: CASSO_KEY },
    sepay: { url: `${origin}/sepay`, key: SEPAY_KEY },
    lines,
    asked,
    failAfter: (calls) => {
      left = calls
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function cassoPage(lines: ListedLine[], query: URLSearchParams) {
  const page = Number(query.get('page') ?? 1)
  const pageSize = Number(query.get('pageSize') ?? 10)
  const found = lines.filter(({ when }) => when.slice(0, 10) >= (query.get('fromDate') ?? '')).sort((a, b) => (a.when < b.when ? -1 : 1))
  if (query.get('sort') === 'DESC') found.reverse()
  const totalPages = Math.ceil(found.length / pageSize)
  const records = found.slice((page - 1) * pageSize, page * pageSize).map((line) => ({
    id: line.id,
    tid: line.reference,
    description: line.memo,
    amount: line.amount,
    cusumBalance: 0,
    when: line.when.replace(' ', 'T'),
    bankSubAccId: line.accountNumber,
    ...{ paymentChannel: '', virtualAccount: '', virtualAccountName: '', corresponsiveName: '', accountId: 733, bankCodeName: 'acb_digi' },
  }))
  const around = { prevPage: page > 1 ? page - 1 : null, nextPage: page < totalPages ? page + 1 : null }
  return { error: 0, message: 'success', data: { page, pageSize, ...around, totalPages, totalRecords: found.length, records } }
}

/** The last day is left out, as a comparison with the beginning of that day does. */
function sepayList(lines: ListedLine[], query: URLSearchParams) {
  const from = query.get('transaction_date_min') ?? ''
  const to = query.get('transaction_date_max') ?? addDays(from, 1)
  const transactions = lines
    .filter(({ when }) => when >= from && when < to)
    .sort((a, b) => b.id - a.id)
    .slice(0, Number(query.get('limit') ?? 5000))
    .map((line) => ({
      id: String(line.id),
      bank_brand_name: 'Vietcombank',
      account_number: line.accountNumber,
      transaction_date: line.when,
      amount_out: `${line.amount < 0 ? -line.amount : 0}.00`,
      amount_in: `${line.amount > 0 ? line.amount : 0}.00`,
      accumulated: '0.00',
      transaction_content: line.memo,
      reference_number: line.reference,
      ...{ code: null, sub_account: null, bank_account_id: '19' },
    }))
  return { status: 200, error: null, messages: { success: true }, transactions }
}
