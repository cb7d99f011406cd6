const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3]

/**
 * Whether a text is a tax code of an organisation in Việt Nam: ten digits of which the last is a
 * check digit (weights 31, 29, 23, 19, 17, 13, 7, 5, 3 mod 11), and for a branch "-" and three more.
 * Source: Circular 86/2024/TT-BTC article 5; the check digit as the tax authority's software computes it.
 */
export function isTaxCode(text: string): boolean {
  const match = /^(\d{9})(\d)(?:-?(\d{3}))?$/.exec(text)
  if (!match) return false
  const [, body = '', check = '', branch] = match
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(body[index]), 0)
  return 10 - (sum % 11) === Number(check) && branch !== '000'
}

/** A tax code as it is written: "0100109106-001". */
export function normalizeTaxCode(text: string): string {
  const digits = text.replace(/[\s.-]/g, '')
  return digits.length === 13 ? `${digits.slice(0, 10)}-${digits.slice(10)}` : digits
}
