const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín']
const BELOW_TWENTY = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
  ...['thirteen', 'fourteen', 'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen'],
]
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** 999 tỷ tỷ and a little more: no sum of money here comes near it. */
const MOST = 10n ** 21n

/**
 * A whole number in Vietnamese words, as on receipts: 1.250.005 is "một triệu hai trăm năm mươi nghìn không trăm linh năm".
 * Throws where it is negative, or 10²¹ and more.
 */
export function vietnameseWords(number: bigint): string {
  checkRange(number)
  if (number === 0n) return 'không'
  return ofBillions(number, false)
}

/** Beyond a thousand million, Vietnamese counts on in billions: tỷ, nghìn tỷ, triệu tỷ. */
function ofBillions(number: bigint, isInner: boolean): string {
  const billions = number / 1_000_000_000n
  const rest = number % 1_000_000_000n
  if (billions === 0n) return belowBillion(rest, isInner)
  return [ofBillions(billions, isInner), 'tỷ', rest > 0n ? belowBillion(rest, true) : ''].filter(Boolean).join(' ')
}

/** @param isInner something greater stands before it: hundreds are said even where there are none */
function belowBillion(number: bigint, isInner: boolean): string {
  const groups = [
    { count: Number(number / 1_000_000n), word: 'triệu' },
    { count: Number((number / 1_000n) % 1_000n), word: 'nghìn' },
    { count: Number(number % 1_000n), word: '' },
  ]
  let isBegun = isInner
  const said: string[] = []
  for (const { count, word } of groups) {
    if (count > 0) {
      said.push(belowThousand(count, isBegun))
      if (word) said.push(word)
    }
    isBegun ||= count > 0
  }
  return said.join(' ')
}

function belowThousand(count: number, isInner: boolean): string {
  const [hundreds, tens, ones] = [Math.floor(count / 100), Math.floor(count / 10) % 10, count % 10]
  const said: string[] = []
  if (hundreds > 0 || isInner) said.push(DIGITS[hundreds] ?? '', 'trăm')
  if (tens === 0 && ones > 0 && said.length > 0) said.push('linh')
  if (tens === 1) said.push('mười')
  if (tens > 1) said.push(DIGITS[tens] ?? '', 'mươi')
  if (ones > 0) said.push(onesAfter(tens, ones))
  return said.join(' ')
}

/** One and five change after tens: hai mươi mốt, mười lăm. */
function onesAfter(tens: number, ones: number): string {
  if (ones === 1 && tens > 1) return 'mốt'
  if (ones === 5 && tens > 0) return 'lăm'
  return DIGITS[ones] ?? ''
}

/**
 * A whole number in English words: 1,250,005 is "one million two hundred and fifty thousand and five".
 * Throws where it is negative, or 10²¹ and more.
 */
export function englishWords(number: bigint): string {
  checkRange(number)
  if (number === 0n) return 'zero'
  const scales = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion', 'quintillion']
  const said: string[] = []
  for (let scale = scales.length - 1; scale >= 0; scale -= 1) {
    const count = Number((number / 1_000n ** BigInt(scale)) % 1_000n)
    if (count === 0) continue
    if (scale === 0 && count < 100 && said.length > 0) said.push('and')
    said.push(englishBelowThousand(count))
    const word = scales[scale]
    if (word) said.push(word)
  }
  return said.join(' ')
}

function englishBelowThousand(count: number): string {
  const [hundreds, rest] = [Math.floor(count / 100), count % 100]
  const tens =
    rest < 20
      ? rest > 0
        ? (BELOW_TWENTY[rest] ?? '')
        : ''
      : [TENS[Math.floor(rest / 10)], rest % 10 > 0 ? BELOW_TWENTY[rest % 10] : ''].filter(Boolean).join('-')
  if (hundreds === 0) return tens
  return tens ? `${BELOW_TWENTY[hundreds] ?? ''} hundred and ${tens}` : `${BELOW_TWENTY[hundreds] ?? ''} hundred`
}

function checkRange(number: bigint): void {
  if (number < 0n || number >= MOST) throw new RangeError(`${number} is not said in words`)
}
