import { lineField, type DraftContent, type DraftLine } from './model'

/** Reads a draft from its form: as it was typed, nothing judged. Lines in which nothing is typed are left out. */
export function readDraftForm(fields: Readonly<Record<string, string>>): DraftContent {
  const typed = (name: string) => (fields[name] ?? '').replaceAll('\r\n', '\n')
  const lines = Object.keys(fields).flatMap((name) => {
    const [, at] = /^budget-(\d{1,2})-itemVi$/.exec(name) ?? []
    return at === undefined ? [] : [Number(at)]
  })
  const budget = lines
    .toSorted((a, b) => a - b)
    .map((at): DraftLine => {
      const of = (field: keyof DraftLine) => typed(lineField(at, field))
      return {
        ...{ itemVi: of('itemVi'), itemEn: of('itemEn'), unitVi: of('unitVi'), unitEn: of('unitEn') },
        ...{ standardVi: of('standardVi'), standardEn: of('standardEn'), unitPrice: of('unitPrice'), quantity: of('quantity') },
      }
    })
    .filter((line) => Object.values<string>({ ...line }).some((text) => text.trim() !== ''))
  return {
    ...{ slug: typed('slug'), titleVi: typed('titleVi'), titleEn: typed('titleEn') },
    ...{ summaryVi: typed('summaryVi'), summaryEn: typed('summaryEn'), storyVi: typed('storyVi'), storyEn: typed('storyEn') },
    ...{ overflowVi: typed('overflowVi'), overflowEn: typed('overflowEn'), children: typed('children') },
    ...{ neededBy: typed('neededBy'), isEmergency: typed('isEmergency') === 'yes' ? 'yes' : '', budget },
  }
}
