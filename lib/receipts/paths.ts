import { giftPath } from '../pledges/cookies'
import { BETWEEN_NUMBERS } from './asked'
import { MOST_LOOKED_UP, type YearStatement } from './model'

/** Address of the page where papers are checked, in Vietnamese. */
export const CHECK_PATH = '/minh-bach'

/** Address of the receipt of one gift, in Vietnamese. */
export const receiptPath = (code: string, number: bigint): string => `${giftPath(code)}/bien-nhan/${number}`

/** Address of the statement of a year. */
export const statementPath = (code: string, year: number | string): string => `${giftPath(code)}/bang-ke/${year}`

/** Address where a donor puts other gifts of theirs on a gift's statements. */
export const gatherPath = (code: string): string => `${giftPath(code)}/gop`

/** Address of the proof of an entry: the same in every language. */
export const proofPath = (number: bigint): string => `/log/proof/${number}.tlog-proof`

/** Address where all that came with a code is checked. */
const checkCodePath = (code: string): string => `${CHECK_PATH}?ma=${code}`

/** Address of the page that checks with tools of others. */
export const TOOLS_PATH = `${CHECK_PATH}/cong-cu`

/** The same with the commands for an entry. */
export const toolsPath = (number: bigint): string => `${TOOLS_PATH}?muc=${number}`

/** Address where an entry is checked, or several. */
export const checkPath = (...numbers: readonly bigint[]): string => `${CHECK_PATH}?muc=${numbers.join(BETWEEN_NUMBERS)}`

/** Address where what a statement lists is checked: all of its one code, else the first entries of it. */
export const checkStatementPath = ({ purposes: [first, ...others], lines }: Pick<YearStatement, 'purposes' | 'lines'>): string =>
  first && others.length === 0 ? checkCodePath(first.code) : checkPath(...lines.slice(0, MOST_LOOKED_UP).map(({ number }) => number))
