/** How a sending bank hands the donor's words to the receiving one; shapes of published statements, every name made up. */
export interface TestBank {
  key: string
  name: string
  /** {MEMO} stands where the donor's words stood, {REF} for the bank's own number, {ACCOUNT} for the receiving account. */
  shape: string
}

export const TEST_BANKS: readonly TestBank[] = [
  {
    key: 'vietcombank',
    name: 'Vietcombank',
    shape: 'MBVCB.{REF}.{MEMO}.CT tu 0185050804863 TRAN THI MAI toi {ACCOUNT} QUY BAO TRO TRE EM',
  },
  { key: 'techcombank', name: 'Techcombank', shape: '355925.090924.212616.{MEMO} FT{REF}' },
  { key: 'acb', name: 'ACB', shape: '815135.090924.123858.{MEMO}-090924-12:38:58 {REF}' },
  { key: 'agribank', name: 'Agribank', shape: '0200970405244582752272388GZO{REF}.2268 7.212521.Vietcombank:{ACCOUNT}:{MEMO}' },
  { key: 'vietinbank', name: 'VietinBank', shape: 'CT nhanh 247 den: {MEMO} (CT1111) PHAM MINH TUAN 4160535***' },
  { key: 'bidv', name: 'BIDV', shape: 'TKThe :{ACCOUNT} tai BIDV. {MEMO} -CTLNHIDI000{REF}-11-CRE-002' },
  { key: 'mb', name: 'MB Bank', shape: 'MB({REF})({MEMO} NGUYEN VAN TAM chuyen tien)' },
  { key: 'momo', name: 'MoMo', shape: '{REF}-0900000239-{MEMO}-CHUYEN TIEN-OQCH000JiOuX-MOMO{REF}MOMO' },
  { key: 'zalopay', name: 'ZaloPay', shape: 'ZION O5CH7J826IJE-{MEMO}. TU: ZION' },
  { key: 'plain', name: '—', shape: '{MEMO}' },
]

/** What happens to a memo on its way, and what people do to a code. */
export const MANGLINGS = [
  'none',
  'upper_case',
  'lower_case',
  'space_each_35',
  'space_lost_at_35',
  'signs_to_spaces',
  'signs_removed',
  'words_glued',
  'cut_at_50',
  'wrong_symbol',
  'missing_symbol',
  'swapped_symbols',
  'no_code',
] as const
export type Mangling = (typeof MANGLINGS)[number]

export const isMangling = (text: string): text is Mangling => MANGLINGS.some((mangling) => mangling === text)

/** Changes the donor's words before the bank takes them. */
function typed(memo: string, mangling: Mangling): string {
  switch (mangling) {
    case 'words_glued':
      return `${memo}unghocacem`
    case 'wrong_symbol':
      return memo.replace(/.$/, (last) => (last === 'Z' ? 'Y' : 'Z'))
    case 'missing_symbol':
      return memo.slice(0, 4) + memo.slice(5)
    case 'swapped_symbols':
      return memo.replace(/^(...)(.)(.)/, '$1$3$2')
    case 'no_code':
      return 'ung ho cac em'
    default:
      return memo
  }
}

/** Changes the whole memo as banks do. */
function carried(memo: string, mangling: Mangling): string {
  switch (mangling) {
    case 'upper_case':
      return memo.toUpperCase()
    case 'lower_case':
      return memo.toLowerCase()
    case 'space_each_35':
      return memo.replace(/.{35}/g, '$& ')
    case 'space_lost_at_35':
      return memo.slice(0, 34) + memo.slice(34, 36).replace(' ', '') + memo.slice(36)
    case 'signs_to_spaces':
      return memo.replace(/[-._]/g, ' ')
    case 'signs_removed':
      return memo.replace(/[-._]/g, '')
    case 'cut_at_50':
      return memo.slice(0, 50)
    default:
      return memo
  }
}

/** The memo that the receiving bank reports. */
export function mangledMemo(bank: TestBank, mangling: Mangling, words: { memo: string; reference: string; accountNumber: string }): string {
  const values: Record<string, string> = { MEMO: typed(words.memo, mangling), REF: words.reference, ACCOUNT: words.accountNumber }
  return carried(
    bank.shape.replace(/\{(MEMO|REF|ACCOUNT)\}/g, (_all, name: string) => values[name] ?? ''),
    mangling,
  )
}
