import { eq, inArray } from 'drizzle-orm'
import type { Database } from '../../db/client'
import { campaigns, lines } from '../../db/schema'
import { pick, type Locale } from '../i18n/locale'
import type { PotName } from './model'

/** How lines are called in public: by their campaign, or by what they are to their fund. */
export async function potNames(db: Database, lineIds: readonly number[], locale: Locale): Promise<(lineId: number) => PotName> {
  const wanted = [...new Set(lineIds)]
  const rows =
    wanted.length === 0
      ? []
      : await db
          .select({ id: lines.id, kind: lines.kind, slug: campaigns.slug, titleVi: campaigns.titleVi, titleEn: campaigns.titleEn })
          .from(lines)
          .leftJoin(campaigns, eq(campaigns.lineId, lines.id))
          .where(inArray(lines.id, wanted))
  const names = new Map(
    rows.map(({ id, kind, slug, titleVi, titleEn }): [number, PotName] => {
      if (kind !== 'campaign') return [id, { kind }]
      if (slug === null || titleVi === null || titleEn === null) throw new Error(`line ${id} is no campaign's`)
      return [id, { kind, slug, title: pick(locale, titleVi, titleEn) }]
    }),
  )
  return (lineId) => {
    const name = names.get(lineId)
    if (!name) throw new Error(`there is no line ${lineId}`)
    return name
  }
}
