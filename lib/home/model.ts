/** What the foot of every page says. */
export interface FooterView {
  funds: { slug: string; name: string; programmes: string[] }[]
}
