/**
 * The number of a receipt as it is printed and as the public facts name it: "PT 0012/2026", phiếu thu, for cash; "BNS
 * 0003/2026", biên nhận séc, for a cheque. Each kind has its own numbers, since a phiếu thu is of cash alone.
 */
export const receiptNumber = ({ kind, year, number }: { kind: 'cash' | 'cheque'; year: number; number: number }): string =>
  `${kind === 'cash' ? 'PT' : 'BNS'} ${String(number).padStart(4, '0')}/${year}`

/** Reads such a number as people type it: "pt12/2026", "BNS 0003 / 2026"; null where it is none. */
export function readReceiptNumber(text: string): { kind: 'cash' | 'cheque'; number: number; year: number } | null {
  const [, kind = '', number = '', year = ''] = /^(PT|BNS)(\d{1,7})\/(\d{4})$/.exec(text.toUpperCase().replaceAll(/\s/g, '')) ?? []
  return kind === '' ? null : { kind: kind === 'PT' ? 'cash' : 'cheque', number: Number(number), year: Number(year) }
}
