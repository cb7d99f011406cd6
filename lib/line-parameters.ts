/** Names of the parameters of /sao-ke, in the order of its canonical address. */
export const LINE_PARAMETERS = ['tim', 'tu', 'den', 'it-nhat', 'nhieu-nhat', 'tk', 'noi', 'loai', 'chieu', 'xep', 'sau', 'nhat-ky'] as const
export type LineParameter = (typeof LINE_PARAMETERS)[number]

/** Of these, what may have one of a few values: a page cache keys on them. */
export const CHOSEN_PARAMETERS = ['tk', 'noi', 'loai', 'chieu', 'xep'] as const satisfies readonly LineParameter[]
/** The rest is typed, or is without number. */
export const TYPED_PARAMETERS = LINE_PARAMETERS.filter((name) => !CHOSEN_PARAMETERS.some((chosen) => chosen === name))
