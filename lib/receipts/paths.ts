import { giftPath } from '../pledges/cookies'

/** Address of the page where papers are checked, in Vietnamese. */
export const CHECK_PATH = '/minh-bach'

/** Address of the receipt of one gift, in Vietnamese. */
export const receiptPath = (code: string, number: bigint): string => `${giftPath(code)}/bien-nhan/${number}`

/** Address of the statement of a year. */
export const statementPath = (code: string, year: number | string): string => `${giftPath(code)}/bang-ke/${year}`

/** Address of the proof of an entry: the same in every language. */
export const proofPath = (number: bigint): string => `/log/proof/${number}.tlog-proof`

/** Address where all that came with a code is checked. */
export const checkCodePath = (code: string): string => `${CHECK_PATH}?ma=${code}`

/** Address of the page that checks with tools of others. */
export const TOOLS_PATH = `${CHECK_PATH}/cong-cu`

/** The same with the commands for an entry. */
export const toolsPath = (number: bigint): string => `${TOOLS_PATH}?muc=${number}`

/** Address where an entry is checked. */
export const checkPath = (number: bigint): string => `${CHECK_PATH}?muc=${number}`
