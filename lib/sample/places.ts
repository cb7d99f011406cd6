import { planData } from '../plans/plan-data'
import type { Words } from '../plans/model'
import { unitRows } from '../plans/unit-rows'

/** A commune or ward of today as the sample speaks of it. */
export interface Place {
  code: string
  slug: string
  fundSlug: string
  programmeSlug: string
  /** "xã Ba Vì", "Ba Vi Commune". */
  name: Words
  /** The communes it was made of, as far as the plans name them: "Ba Vì, Khánh Thượng và Minh Quang". */
  villages: Words
  /** How hard life is there, from 1 to 3: decides how much is needed. */
  hardship: 1 | 2 | 3
}

const listed = (names: string[], and: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${and} ${names.at(-1)}`

/** The 25 units of today, in the order of their codes. */
export function places(): Place[] {
  const data = planData()
  const { units } = unitRows(data)
  return data.currentUnits.map((unit) => {
    const before = data.formerUnits.filter((former) => former.successors.some(({ code }) => code === unit.code))
    const [first] = before
    const programme = data.programmes.find(({ fundSlug }) => fundSlug === first?.fundSlug)
    if (!first || !programme) throw new Error(`no plan names ${unit.nameVi}`)
    const nameEn = (code: string) => units.find((row) => row.code === code && row.validTo !== null)?.nameEn ?? ''
    return {
      code: unit.code,
      slug: unit.slug,
      fundSlug: first.fundSlug,
      programmeSlug: programme.slug,
      name: { vi: unit.fullNameVi.charAt(0).toLowerCase() + unit.fullNameVi.slice(1), en: unit.fullNameEn },
      villages: {
        vi: listed(
          before.map((former) => former.nameVi),
          'và',
        ),
        en: listed(
          before.map((former) => nameEn(former.code)),
          'and',
        ),
      },
      hardship: before.some((former) => former.isPriority) ? (before.filter((former) => former.isPriority).length > 1 ? 3 : 2) : 1,
    }
  })
}
