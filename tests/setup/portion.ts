/** `npm run soak` runs everything in full, `npm test` a tenth of it. */
export const isSoak = process.env['SOAK'] === '1'

/** How many rounds of `full` to run now; at least one. */
export const portion = (full: number): number => (isSoak ? full : Math.max(1, Math.ceil(full / 10)))
