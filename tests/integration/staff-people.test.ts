import { and, eq, like, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { administrativeUnits, events, fundSettings, staffMembers, staffRoles } from '../../db/schema'
import { sequencePending } from '../../lib/sequencer/sequence'
import { eraseStaff } from '../../lib/staff/erase'
import { invite } from '../../lib/staff/invite'
import type { FundRole } from '../../lib/staff/model'
import { appoint, confirmAppointment, endRole, withdrawAppointment } from '../../lib/staff/people'
import { listAudit, listPeople, listPublicAppointments } from '../../lib/staff/queries'
import { findStaff } from '../../lib/staff/sessions'
import { fundIdOf, roleIdOf, signIn } from '../factories/staff'
import { makeFunds, value } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'

const DAY_MS = 86_400_000

let database: TestDatabase
let context: TestContext
let hanoi: number
let ninhThuan: number
let first: string
let communeIds: number[]

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  hanoi = await fundIdOf(context, 'ha-noi')
  ninhThuan = await fundIdOf(context, 'ninh-thuan')
  const invited = { fundSlug: 'ha-noi', email: 'Giam.Doc@Example.com ', name: ' Trần  Thị Mẫu ', locale: 'vi' } as const
  first = value(await invite(context, invited)).staffId
  communeIds = (
    await context.db
      .select({ id: administrativeUnits.id })
      .from(administrativeUnits)
      .where(and(eq(administrativeUnits.provinceCode, '01'), sql`valid_to is null`))
      .orderBy(administrativeUnits.code)
  ).map(({ id }) => id)
})
afterAll(() => database.close())
beforeEach(() => context.advance(1_000))

const give = (name: string, role: FundRole, by = first, more: { fundId?: number; communeIds?: number[] } = {}) =>
  appoint(context, { fundId: hanoi, email: `${name}@example.com`, name, locale: 'vi', role, communeIds: [], by, ...more })
const told = async (roleId: bigint) =>
  (
    await context.db
      .select({ facts: events.facts })
      .from(events)
      .where(like(events.idempotencyKey, `appointment:${roleId}:%`))
      .orderBy(events.id)
  ).map(({ facts }) => facts)

describe('the command at the server', () => {
  test('gives a fund its first director, once', async () => {
    expect((await context.db.select().from(staffMembers).where(eq(staffMembers.id, first)))[0]).toMatchObject({
      email: 'giam.doc@example.com',
      name: 'Trần Thị Mẫu',
    })
    const second = { fundSlug: 'ha-noi', email: 'khac@example.com', name: 'Khác', locale: 'vi' } as const
    expect(await invite(context, second)).toEqual({ ok: false, refusal: 'has_director' })
    expect(await invite(context, { ...second, fundSlug: 'khong-co' })).toEqual({ ok: false, refusal: 'unknown_fund' })
    expect(await invite(context, { ...second, email: 'khac' })).toEqual({ ok: false, refusal: 'not_an_email' })
    expect(await invite(context, { ...second, name: ' ' })).toEqual({ ok: false, refusal: 'no_name' })
    expect(await listAudit(context, hanoi, {}, 10)).toMatchObject([{ staffId: null, action: 'people.invite', after: { staff: first } }])
  })

  test('makes an operator, who is of no fund', async () => {
    const wish = { fundSlug: null, email: 'van.hanh@example.com', name: 'Vận Hành', locale: 'en' } as const
    const { staffId } = value(await invite(context, wish))
    expect(await invite(context, wish)).toEqual({ ok: false, refusal: 'held_already' })
    expect((await findStaff(context, await signIn(context, staffId), 'vi'))?.roles).toEqual([
      { role: 'operator', fundId: null, communeIds: new Set() },
    ])
  })
})

describe('a director', () => {
  test('appoints at once whoever counts in no two-person rule, and their sessions begin anew', async () => {
    const editor = value(await give('bien.tap', 'editor'))
    expect(editor.effectiveFrom).toEqual(context.now())
    const session = await signIn(context, editor.staffId)
    value(await give('bien.tap', 'auditor'))
    expect(await findStaff(context, session, 'vi')).toBeNull()
    expect(await give('bien.tap', 'editor')).toEqual({ ok: false, refusal: 'held_already' })
    expect(await told(editor.roleId)).toEqual([])
  })

  test('names a field officer’s communes, of the fund', async () => {
    expect(await give('can.bo', 'field_officer')).toEqual({ ok: false, refusal: 'no_communes' })
    expect(await give('can.bo', 'editor', first, { communeIds })).toEqual({ ok: false, refusal: 'no_communes' })
    expect(await give('can.bo', 'field_officer', first, { communeIds: [999_999] })).toEqual({ ok: false, refusal: 'not_of_fund' })
    value(await give('can.bo', 'field_officer', first, { communeIds: communeIds.slice(0, 2) }))
    const row = (await listPeople(context, hanoi, 'vi')).find(({ email }) => email === 'can.bo@example.com')
    expect([row?.state, row?.communes.length, row?.appointedByName]).toEqual(['in_effect', 2, 'Trần Thị Mẫu'])
  })

  test('appoints neither themselves nor nobody', async () => {
    expect(await give('giam.doc', 'accountant')).toEqual({ ok: false, refusal: 'oneself' })
    expect(await give('không phải địa chỉ', 'editor')).toEqual({ ok: false, refusal: 'not_an_email' })
  })

  test('who is alone appoints an accountant or a director in public, and after a week', async () => {
    const accountant = value(await give('ke.toan', 'accountant'))
    const second = value(await give('pho.giam.doc', 'director'))
    const inAWeek = new Date(context.now().getTime() + 7 * DAY_MS)
    expect([accountant.effectiveFrom, second.effectiveFrom]).toEqual([inAWeek, inAWeek])
    expect(await told(second.roleId)).toEqual([
      { appointment: String(second.roleId), role: 'director', change: 'proposed', effectiveFrom: inAWeek.toISOString() },
    ])
    expect(await listPublicAppointments(context, 'ha-noi')).toEqual([
      { role: 'accountant', appointedAt: context.now(), effectiveFrom: inAWeek },
      { role: 'director', appointedAt: context.now(), effectiveFrom: inAWeek },
    ])
    expect(await listPublicAppointments(context, 'ninh-thuan')).toEqual([])

    const session = await signIn(context, accountant.staffId)
    expect((await findStaff(context, session, 'vi'))?.roles).toEqual([])
    // Nobody hurries their own, nor what they appointed.
    expect(await confirmAppointment(context, { roleId: second.roleId, by: first })).toEqual({ ok: false, refusal: 'same_person' })
    expect(await confirmAppointment(context, { roleId: second.roleId, by: second.staffId })).toEqual({ ok: false, refusal: 'same_person' })
    context.advance(7 * DAY_MS)
    expect(await listPublicAppointments(context, 'ha-noi')).toEqual([])
    expect((await findStaff(context, await signIn(context, accountant.staffId), 'vi'))?.roles).toMatchObject([{ role: 'accountant' }])
    expect(await withdrawAppointment(context, { roleId: second.roleId, by: first })).toEqual({ ok: false, refusal: 'not_waiting' })
  })

  test('who is not alone needs another director, who may also stop it', async () => {
    const [deputy] = await context.db.select().from(staffMembers).where(eq(staffMembers.email, 'pho.giam.doc@example.com'))
    const by = deputy?.id ?? ''
    const third = value(await give('giam.doc.ba', 'director'))
    expect(third.effectiveFrom).toBeNull()
    context.advance(30 * DAY_MS)
    expect((await findStaff(context, await signIn(context, third.staffId), 'vi'))?.roles).toEqual([])
    expect(await listPublicAppointments(context, 'ha-noi')).toMatchObject([{ role: 'director', effectiveFrom: null }])
    value(await confirmAppointment(context, { roleId: third.roleId, by }))
    expect(await confirmAppointment(context, { roleId: third.roleId, by })).toEqual({ ok: false, refusal: 'not_waiting' })
    expect((await told(third.roleId)).map((facts) => facts['change'])).toEqual(['proposed', 'confirmed'])

    const stopped = value(await give('ke.toan.hai', 'accountant'))
    value(await withdrawAppointment(context, { roleId: stopped.roleId, by }))
    expect(await confirmAppointment(context, { roleId: stopped.roleId, by })).toEqual({ ok: false, refusal: 'not_waiting' })
    // Withdrawn, it can be given anew.
    expect((await give('ke.toan.hai', 'accountant')).ok).toBe(true)
  })

  test('ends a role at once, and never the last director’s', async () => {
    const editorRole = (await listPeople(context, hanoi, 'vi')).find(({ role }) => role === 'editor')
    if (!editorRole) return expect.unreachable()
    const session = await signIn(context, editorRole.staffId)
    value(await endRole(context, { roleId: editorRole.roleId, by: first }))
    expect(await findStaff(context, session, 'vi')).toBeNull()
    expect(await endRole(context, { roleId: editorRole.roleId, by: first })).toEqual({ ok: false, refusal: 'not_in_effect' })
    expect(await endRole(context, { roleId: 999n, by: first })).toEqual({ ok: false, refusal: 'not_found' })
    const directors = (await listPeople(context, hanoi, 'vi')).filter(({ role, staffId }) => role === 'director' && staffId !== first)
    for (const { roleId } of directors) value(await endRole(context, { roleId, by: first }))
    expect(await endRole(context, { roleId: await roleIdOf(context, first, 'director'), by: first })).toEqual({
      ok: false,
      refusal: 'last_director',
    })
  })

  test('of two who end each other’s role at the same instant one stays', async () => {
    const invited = { fundSlug: 'ninh-thuan', email: 'a@example.com', name: 'A', locale: 'vi' } as const
    const a = value(await invite(context, invited))
    const b = value(await give('b', 'director', a.staffId, { fundId: ninhThuan }))
    context.advance(7 * DAY_MS)
    const [one, two] = await Promise.all([
      endRole(context, { roleId: b.roleId, by: a.staffId }),
      endRole(context, { roleId: a.roleId, by: b.staffId }),
    ])
    expect([one.ok, two.ok].filter(Boolean)).toHaveLength(1)
  })

  test('can set a longer delay, and none under a week', async () => {
    await context.db.insert(fundSettings).values({ fundId: hanoi, appointmentDelayDays: 20, accountDelayDays: 3 })
    const { effectiveFrom } = value(await give('ke.toan.ba', 'accountant'))
    expect(effectiveFrom).toEqual(new Date(context.now().getTime() + 20 * DAY_MS))
    const { db } = database.owner ?? database.handle
    expect(await refusalOf(db, `update fund_settings set appointment_delay_days = 6`)).toMatch(/fund_settings_appointment/)
  })
})

describe('a member of staff who is erased', () => {
  test('is known no more, and what they did stays', async () => {
    const { staffId, roleId } = value(await give('da.nghi', 'auditor'))
    expect(await eraseStaff(context, 'da.nghi@example.com')).toEqual({ ok: false, refusal: 'still_working' })
    value(await endRole(context, { roleId, by: first }))
    const session = await signIn(context, staffId)
    expect(await eraseStaff(context, ' Da.Nghi@example.com')).toEqual({ ok: true, value: { staffId } })
    expect(await eraseStaff(context, 'da.nghi@example.com')).toEqual({ ok: false, refusal: 'not_found' })
    expect(await findStaff(context, session, 'vi')).toBeNull()
    const [row] = await context.db.select().from(staffMembers).where(eq(staffMembers.id, staffId))
    expect(row).toMatchObject({ email: null, name: null, erasedAt: context.now() })
    // The address may come again, as somebody else.
    expect(value(await give('da.nghi', 'auditor')).staffId).not.toBe(staffId)
  })
})

describe('the tables refuse', () => {
  const role = (values: string) =>
    `insert into staff_roles (staff_id, fund_id, role, appointed_by, appointed_at, confirmed_by, confirmed_at, effective_from)
     select b.id, f.id, ${values} from funds f, staff_members a, staff_members b
     where f.slug = 'ha-noi' and a.email = 'giam.doc@example.com' and b.email = 'can.bo@example.com'`

  test.each<[string, string, RegExp]>([
    ['an accountant by one person’s word', role(`'accountant', a.id, now(), null, null, now()`), /staff_roles_counted/],
    ['one who confirms what they appointed', role(`'accountant', a.id, now(), a.id, now(), now()`), /staff_roles_two_people/],
    ['one who confirms themselves', role(`'accountant', a.id, now(), b.id, now(), now()`), /staff_roles_two_people/],
    ['one who appoints themselves', role(`'editor', b.id, now(), null, null, now()`), /staff_roles_not_oneself/],
    ['a second director from the server', role(`'director', null, now(), null, null, now()`), /has directors, who appoint/],
    ['an editor from the server', role(`'editor', null, now(), null, null, now()`), /has directors, who appoint/],
    [
      'a role that comes back',
      `update staff_roles set ended_at = null, ended_by = null where ended_at is not null`,
      /stays as it was given/,
    ],
    ['a role that becomes another', `update staff_roles set role = 'director' where role = 'accountant'`, /stays as it was given/],
    [
      'a day that comes nearer without another person',
      `update staff_roles set effective_from = appointed_at + interval '7 days' where confirmed_at is null and effective_from > appointed_at + interval '7 days'`,
      /stays as it was given/,
    ],
    ['a role that goes', `delete from staff_roles`, /append-only/],
  ])('%s', async (_what, statement, refusal) => {
    const { db } = database.owner ?? database.handle
    expect(await refusalOf(db, statement)).toMatch(refusal)
  })

  test('a lone word where there is another director', async () => {
    const rows = await context.db
      .select()
      .from(staffRoles)
      .where(and(eq(staffRoles.role, 'director'), eq(staffRoles.staffId, first)))
    expect(rows).toHaveLength(1)
    const deputy = value(await give('giam.doc.bon', 'director'))
    context.advance(20 * DAY_MS)
    const { db } = database.owner ?? database.handle
    const now = context.now().toISOString()
    expect(deputy.effectiveFrom).toEqual(context.now())
    expect(await refusalOf(db, role(`'accountant', a.id, '${now}', null, null, timestamptz '${now}' + interval '9 days'`))).toMatch(
      /has another director/,
    )
  })
})

test('what is public about appointments has its place in the public order', async () => {
  expect((await sequencePending(context.db, context.now())).parked).toBe(0)
})
