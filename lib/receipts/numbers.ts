/** The number of an entry of the log as it stands in an address; null where it is none. */
export const readNumber = (text: string): bigint | null => (/^(?:0|[1-9]\d{0,14})$/.test(text) ? BigInt(text) : null)

/** The number of an entry as people type it, or as a page prints it: "1.041", "1,041", "1 041"; null where it is none. */
export const readTypedNumber = (typed: string): bigint | null => readNumber(typed.replace(/[.,\s]/g, ''))

/** A year as it stands in an address; null where it is none. */
export const readYear = (text: string): number | null => (/^20\d\d$/.test(text) ? Number(text) : null)
