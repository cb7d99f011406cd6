export type Format = 'csv' | 'xls' | 'xlsx'

const STARTS: [Format, number[]][] = [
  ['xlsx', [0x50, 0x4b, 0x03, 0x04]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
]

/** What a file is, told by its first bytes whatever its name says: banks call many things ".xls". */
export const formatOf = (first: Uint8Array): Format =>
  STARTS.find(([, start]) => start.every((byte, at) => first[at] === byte))?.[0] ?? 'csv'
