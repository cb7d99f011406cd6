/** Symbols of a payment code: no 0, O, 1, I or L, which people mix up. */
export const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const PREFIX = 'TD'
const SHAPE = new RegExp(`^${PREFIX}[${CODE_ALPHABET}]{7}$`)
const RANDOM_SYMBOLS = 6
const MODULUS = CODE_ALPHABET.length
/** Weights of the seven symbols: none is 0 and no two neighbours are equal mod 31, so every wrong symbol and every swap of neighbours shows. */
const WEIGHTS = [2, 3, 4, 5, 6, 7, 1]

const checksumSymbol = (symbols: string): string => {
  const sum = [...symbols].reduce((total, symbol, index) => total + CODE_ALPHABET.indexOf(symbol) * (WEIGHTS[index] ?? 0), 0)
  return CODE_ALPHABET[(MODULUS - (sum % MODULUS)) % MODULUS] ?? ''
}

/**
 * Makes a payment code: TD, six random symbols and a checksum (money.md §4).
 * @param random source of bytes; each symbol is drawn without bias
 */
export function createPaymentCode(random: (size: number) => Uint8Array): string {
  let symbols = ''
  while (symbols.length < RANDOM_SYMBOLS) {
    for (const byte of random(RANDOM_SYMBOLS * 2)) {
      // 248 is the largest multiple of 31 in a byte; what lies above would favour the first symbols.
      if (byte < 248 && symbols.length < RANDOM_SYMBOLS) symbols += CODE_ALPHABET[byte % MODULUS] ?? ''
    }
  }
  return PREFIX + symbols + checksumSymbol(symbols)
}

/** Whether a text is a payment code with a right checksum, in capitals and without spaces. */
export function isPaymentCode(text: string): boolean {
  return SHAPE.test(text) && checksumSymbol(text.slice(2, 8)) === text[8]
}

/** A code as people type it, brought to its written form: capitals, no spaces, dashes or dots. */
export const normalizeCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')

/** A memo as codes are looked for in it: A–Z and 0–9 alone, Vietnamese letters without their marks. */
const stripMemo = (memo: string): string =>
  memo
    .normalize('NFD')
    .replace(/[đĐ]/g, 'D')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')

/**
 * Every payment code with a right checksum that stands in a bank memo, however the banks mangled it:
 * the memo is stripped to A–Z and 0–9 first (money.md §4). Anything less than exact is not found.
 */
export function findPaymentCodes(memo: string): string[] {
  const stripped = stripMemo(memo)
  const found = new Set<string>()
  for (let at = stripped.indexOf(PREFIX); at >= 0; at = stripped.indexOf(PREFIX, at + 1)) {
    const candidate = stripped.slice(at, at + 9)
    if (isPaymentCode(candidate)) found.add(candidate)
  }
  return [...found]
}

/** What was done to a code so that it is none any more. */
export type CodeFault = 'wrong_symbol' | 'swapped' | 'cut' | 'doubled'

/**
 * Payment codes that a memo may have meant: those with one wrong symbol, two neighbours swapped, one symbol cut out or one
 * too many. Which of them is some donor's the books know; alone they are a guess, for a person to judge (money.md §4).
 */
export function findNearCodes(memo: string): Map<string, CodeFault> {
  const stripped = stripMemo(memo)
  const found = new Map<string, CodeFault>()
  const add = (symbols: string, fault: CodeFault) => {
    const code = PREFIX + symbols
    if (isPaymentCode(code) && !found.has(code)) found.set(code, fault)
  }
  for (let at = stripped.indexOf(PREFIX); at >= 0; at = stripped.indexOf(PREFIX, at + 1)) {
    const own = stripped.slice(at + 2, at + 10)
    const seven = own.slice(0, 7)
    if (isPaymentCode(PREFIX + seven)) continue
    for (let index = 0; index < 7; index++) {
      const [before, after] = [own.slice(0, index), own.slice(index)]
      if (index < 6) add(before + (after[1] ?? '') + (after[0] ?? '') + own.slice(index + 2, 7), 'swapped')
      for (const symbol of CODE_ALPHABET) add(before + symbol + own.slice(index + 1, 7), 'wrong_symbol')
      for (const symbol of CODE_ALPHABET) add(before + symbol + own.slice(index, 6), 'cut')
      add(before + own.slice(index + 1, 8), 'doubled')
    }
  }
  return found
}
