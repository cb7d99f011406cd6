import { and, eq, inArray, isNull } from 'drizzle-orm'
import { administrativeUnits, funds, staffMembers } from '../../db/schema'
import type { Context } from '../context'
import { writeParticulars } from '../funds/particulars'
import { invite } from '../staff/invite'
import { isFundRole, type Role } from '../staff/model'
import { appoint } from '../staff/people'
import { addDays, startOfDay } from '../time/day'
import { places } from './places'

/** Somebody of the sample's staff. Their ids are what the sample's history is told by. */
interface SamplePerson {
  id: string
  name: string
  role: Role
  /** Slugs of the funds they work for. */
  funds: readonly string[]
}

/** Appointed everybody else, and waited a week for those who count in a two-person rule. */
const FIRST_DIRECTOR = 'giam-doc-mau'

const BOTH = ['ha-noi', 'ninh-thuan'] as const
/** Like those of the sample's companies: of no province, with a right check digit. */
const TAX_CODES = { 'ha-noi': '9900000016', 'ninh-thuan': '9900000111' } as const

/**
 * One of each office, so that each role's day can be tried: most work for both funds of the sample, and some for one
 * alone, so that what is kept apart can be seen. Names are those of no one.
 */
const SAMPLE_STAFF: readonly SamplePerson[] = [
  { id: 'giam-doc-mau', name: 'Trần Thị Giám Đốc (mẫu)', role: 'director', funds: BOTH },
  { id: 'pho-giam-doc-mau', name: 'Lê Văn Phó Giám Đốc (mẫu)', role: 'director', funds: ['ha-noi'] },
  { id: 'ke-toan-mau', name: 'Nguyễn Thị Kế Toán (mẫu)', role: 'accountant', funds: BOTH },
  { id: 'ke-toan-ninh-thuan-mau', name: 'Phạm Văn Kế Toán (mẫu)', role: 'accountant', funds: ['ninh-thuan'] },
  { id: 'thu-kho-mau', name: 'Hoàng Văn Thủ Kho (mẫu)', role: 'editor', funds: BOTH },
  { id: 'bien-tap-mau', name: 'Vũ Thị Biên Tập (mẫu)', role: 'editor', funds: BOTH },
  { id: 'can-bo-xa-mau', name: 'Đinh Văn Cán Bộ Xã (mẫu)', role: 'field_officer', funds: BOTH },
  { id: 'kiem-soat-mau', name: 'Bùi Thị Kiểm Soát (mẫu)', role: 'auditor', funds: BOTH },
  { id: 'van-hanh-mau', name: 'Đỗ Văn Vận Hành (mẫu)', role: 'operator', funds: [] },
]

/**
 * Adds the sample's staff by the product's own commands; a sample that was made before there was any gets them at its
 * next start. Told a second time it changes nothing.
 */
export async function tellStaff(context: Context, anchorDay: string): Promise<void> {
  const since = startOfDay(addDays(anchorDay, -400))
  await context.db.transaction(async (tx) => {
    const added = await tx
      .insert(staffMembers)
      .values(SAMPLE_STAFF.map(({ id, name }) => ({ id, name, email: addressOf(id), locale: 'vi' as const, createdAt: since })))
      .onConflictDoNothing()
      .returning({ id: staffMembers.id })
    if (added.length === 0) return
    for (const person of SAMPLE_STAFF) await giveRoles({ ...context, db: tx, now: () => since }, person)
    for (const slug of BOTH) await tellParticulars({ ...context, db: tx, now: () => since }, slug)
  })
}

/** Particulars that say of themselves that they are none. */
async function tellParticulars(context: Context, slug: (typeof BOTH)[number]): Promise<void> {
  const given = { address: 'số 0 phố Mẫu (không có thật)', phone: '0000 000 000', email: `${slug}@example.org`, taxCode: TAX_CODES[slug] }
  await writeParticulars(context, await fundIdOf(context, slug), given, FIRST_DIRECTOR)
}

async function fundIdOf({ db }: Pick<Context, 'db'>, slug: string): Promise<number> {
  const [fund] = await db.select({ id: funds.id }).from(funds).where(eq(funds.slug, slug))
  if (!fund) throw new Error(`there is no fund ${slug}`)
  return fund.id
}

const addressOf = (id: string): string => `${id}@example.com`

async function giveRoles(context: Context, { id, name, role, funds: slugs }: SamplePerson): Promise<void> {
  const person = { email: addressOf(id), name, locale: 'vi' as const }
  if (role === 'operator') await invite(context, { ...person, fundSlug: null })
  for (const slug of slugs) {
    const fundId = await fundIdOf(context, slug)
    const given =
      id === FIRST_DIRECTOR
        ? await invite(context, { ...person, fundSlug: slug })
        : isFundRole(role) &&
          (await appoint(context, {
            ...{ ...person, fundId, role, by: FIRST_DIRECTOR },
            communeIds: role === 'field_officer' ? await communesOf(context, slug) : [],
          }))
    if (!given || (!given.ok && given.refusal !== 'held_already')) throw new Error(`the sample's ${id} was refused`)
  }
}

async function communesOf({ db }: Context, fundSlug: string): Promise<number[]> {
  const codes = places().flatMap((place) => (place.fundSlug === fundSlug ? [place.code] : []))
  const rows = await db
    .select({ id: administrativeUnits.id })
    .from(administrativeUnits)
    .where(and(inArray(administrativeUnits.code, codes), isNull(administrativeUnits.validTo)))
  return rows.map(({ id }) => id)
}
