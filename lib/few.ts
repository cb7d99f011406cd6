/** Fewer children than this point at one: the number reads "fewer than five" and no sum is shown with it (money.md §8). */
export const FEWEST_CHILDREN = 5
