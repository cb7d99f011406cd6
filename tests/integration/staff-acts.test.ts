import { desc, eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { administrativeUnits, campaigns, funds, staffAudit } from '../../db/schema'
import { inDecision } from '../../lib/bank/deciding'
import { changeCampaignState } from '../../lib/campaigns/commands'
import type { Context } from '../../lib/context'
import { ok, refuse, type Result } from '../../lib/result'
import { act, type Deed } from '../../lib/staff/act'
import { endRole } from '../../lib/staff/people'
import { listAudit, staffNames } from '../../lib/staff/queries'
import { endSessions, findStaff } from '../../lib/staff/sessions'
import { fundIdOf, makeStaff, roleIdOf, signIn, type MadeStaff } from '../factories/staff'
import { makeCampaign, makeFunds, type MadeCampaign } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { refusalOf } from '../setup/faults'

let database: TestDatabase
let context: TestContext
let hanoi: number
let ninhThuan: number
let campaign: MadeCampaign
let foreign: MadeCampaign
let director: MadeStaff
let accountant: MadeStaff
let officer: MadeStaff
let communeIds: number[]

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  hanoi = await fundIdOf(context, 'ha-noi')
  ninhThuan = await fundIdOf(context, 'ninh-thuan')
  campaign = await makeCampaign(context, { state: 'in_review' })
  foreign = await makeCampaign(context, { fund: 'ninh-thuan', slug: 'ao-am-khac', state: 'in_review' })
  const units = await context.db
    .select({ id: administrativeUnits.id, code: administrativeUnits.provinceCode })
    .from(administrativeUnits)
    .where(sql`valid_to is null`)
    .orderBy(administrativeUnits.code)
  communeIds = units.filter(({ code }) => code === '01').map(({ id }) => id)
  director = await makeStaff(context, { id: 'giam-doc', role: 'director', fund: 'ha-noi' })
  await makeStaff(context, { id: 'pho-giam-doc', role: 'director', fund: 'ha-noi' })
  accountant = await makeStaff(context, { id: 'ke-toan', role: 'accountant', fund: 'ha-noi' })
  officer = await makeStaff(context, { id: 'can-bo-xa', role: 'field_officer', fund: 'ha-noi', communeIds: communeIds.slice(0, 1) })
})
afterAll(() => database.close())

const opening = ({ campaignId }: MadeCampaign, fundId: number): Deed<null> => ({
  ...{ permission: 'campaigns.open', fundId, about: { kind: 'campaign', id: campaignId } },
  ...{ before: { state: 'in_review' }, after: { state: 'open' } },
})
const open = ({ campaignId }: MadeCampaign) => {
  return (inside: Context, by: string) =>
    changeCampaignState(inside, { campaignId, to: 'open', reasonVi: 'Đủ', reasonEn: 'Complete', actor: by })
}
const nothing = (): Promise<Result<null, never>> => Promise.resolve(ok(null))
const stateOf = async ({ campaignId }: MadeCampaign) =>
  (await context.db.select({ state: campaigns.state }).from(campaigns).where(eq(campaigns.id, campaignId)))[0]?.state
const lastEntry = async () => (await context.db.select().from(staffAudit).orderBy(desc(staffAudit.id)).limit(1))[0]

describe('an act', () => {
  test('is refused to whose role does not allow it, and the trail says so', async () => {
    const tried = await act(context, accountant.session, opening(campaign, hanoi), open(campaign))
    expect(tried).toEqual({ ok: false, refusal: 'not_allowed' })
    expect(await stateOf(campaign)).toBe('in_review')
    expect(await lastEntry()).toMatchObject({
      ...{ staffId: 'ke-toan', action: 'campaigns.open', outcome: 'denied', aboutKind: 'campaign', aboutId: String(campaign.campaignId) },
      ...{ before: null, after: null, network: '192.0.2.0/24' },
    })
  })

  test('is refused in another fund, whatever fund an address names', async () => {
    for (const fundId of [ninhThuan, hanoi]) {
      expect(await act(context, director.session, opening(foreign, fundId), open(foreign))).toEqual({ ok: false, refusal: 'not_allowed' })
    }
    const unknown = { ...opening(campaign, hanoi), about: { kind: 'campaign', id: 99_999 } } as const
    expect(await act(context, director.session, unknown, nothing)).toEqual({ ok: false, refusal: 'not_allowed' })
    const noNumber = { ...opening(campaign, hanoi), about: { kind: 'campaign', id: "1' or true" } } as const
    expect(await act(context, director.session, noNumber, nothing)).toEqual({ ok: false, refusal: 'not_allowed' })
    expect(await stateOf(foreign)).toBe('in_review')
  })

  test('is done with its entry in the trail, in one transaction', async () => {
    const before = await lastEntry()
    await expect(
      act(context, director.session, opening(campaign, hanoi), async (inside, by) => {
        await open(campaign)(inside, by)
        throw new Error('cut off')
      }),
    ).rejects.toThrow('cut off')
    expect([await stateOf(campaign), await lastEntry()]).toEqual(['in_review', before])

    expect((await act(context, director.session, opening(campaign, hanoi), open(campaign))).ok).toBe(true)
    expect(await stateOf(campaign)).toBe('open')
    expect(await lastEntry()).toMatchObject({
      ...{ staffId: 'giam-doc', sessionId: director.session.sessionId, fundId: hanoi, action: 'campaigns.open', outcome: 'done' },
      ...{ before: { state: 'in_review' }, after: { state: 'open' } },
    })
  })

  test('that repeats itself is told once a session, and what came otherwise is told besides', async () => {
    const repeated = (kind: string) => ({
      ...{ permission: 'campaigns.pause' as const, fundId: hanoi, about: { kind: 'campaign' as const, id: campaign.campaignId } },
      ...{ after: { kind }, isToldOnce: true as const },
    })
    const others = await signIn(context, 'giam-doc')
    for (const [session, kind] of [
      [director.session, 'saved'],
      [director.session, 'saved'],
      [director.session, 'apart'],
      [director.session, 'apart'],
      [others, 'saved'],
    ] as const)
      expect((await act(context, session, repeated(kind), nothing)).ok).toBe(true)
    const told = await context.db.select().from(staffAudit).where(eq(staffAudit.action, 'campaigns.pause')).orderBy(staffAudit.id)
    expect(told.map(({ after }) => after?.['kind'])).toEqual(['saved', 'apart', 'saved'])
  })

  test('that its command refuses leaves nothing behind', async () => {
    const before = await lastEntry()
    const done = await act(context, director.session, opening(campaign, hanoi), async (inside) => {
      await inside.db.update(funds).set({ aboutEn: 'half done' }).where(eq(funds.id, hanoi))
      return refuse('too_late')
    })
    expect(done).toEqual({ ok: false, refusal: 'too_late' })
    expect((await context.db.select({ about: funds.aboutEn }).from(funds).where(eq(funds.id, hanoi)))[0]?.about).not.toBe('half done')
    expect(await lastEntry()).toEqual(before)
  })

  test('that the database broke off is tried again', async () => {
    let tries = 0
    const flaky = (): Promise<Result<null, never>> => {
      if (++tries < 3) throw Object.assign(new Error('could not serialize access'), { code: '40001' })
      return nothing()
    }
    expect((await act(context, director.session, { ...opening(campaign, hanoi) }, flaky)).ok).toBe(true)
    expect(tries).toBe(3)
  })

  test('that the database broke off within a command that tries again by itself is tried again as a whole', async () => {
    let tries = 0
    const conflict = sql`do $$ begin raise exception 'broken off' using errcode = '40001'; end $$`
    const decide = (inside: Context) =>
      inDecision(inside, async (tx) => {
        if (++tries === 1) await tx.execute(conflict)
        return null
      })
    expect(await act(context, director.session, { ...opening(campaign, hanoi) }, decide)).toEqual(ok(null))
    expect(await lastEntry()).toMatchObject({ outcome: 'done' })
  })

  test('of a field officer is one in their communes', async () => {
    const deed = { permission: 'needs.report', fundId: hanoi, about: { kind: 'fund', id: hanoi } } as const
    const [own = 0, other = 0] = communeIds
    expect(await act(context, officer.session, { ...deed, communeId: own }, nothing)).toEqual(ok(null))
    expect(await act(context, officer.session, { ...deed, communeId: other }, nothing)).toEqual(refuse('not_allowed'))
    expect(await act(context, officer.session, deed, nothing)).toEqual(refuse('not_allowed'))
    // What the tables say of a thing stands above what is asked.
    const elsewhere = await makeCampaign(context, { slug: 'ao-am-noi-khac', commune: 1 })
    const about = { kind: 'campaign', id: elsewhere.campaignId } as const
    expect(await act(context, officer.session, { ...deed, permission: 'evidence.add', about, communeId: own }, nothing)).toEqual(
      refuse('not_allowed'),
    )
  })
})

describe('a session', () => {
  const read = (session: MadeStaff['session']) => findStaff(context, session, 'vi')
  const deed = (): Deed<null> => ({ permission: 'spends.request', fundId: hanoi, about: { kind: 'fund', id: hanoi } })

  test('says who it is, with which roles, in which funds', async () => {
    const staff = await read(accountant.session)
    expect(staff).toMatchObject({ id: 'ke-toan', isComplete: true, funds: [{ slug: 'ha-noi', place: 'Hà Nội' }] })
    expect(staff?.roles).toEqual([{ role: 'accountant', fundId: hanoi, communeIds: new Set() }])
    expect((await read(officer.session))?.roles[0]?.communeIds).toEqual(new Set(communeIds.slice(0, 1)))
    const operator = await makeStaff(context, { id: 'van-hanh', role: 'operator', fund: null })
    expect((await read(operator.session))?.funds.map(({ slug }) => slug)).toEqual(['ha-noi', 'ninh-thuan'])
    expect(await read({ sessionId: '00000000-0000-4000-8000-000000000000', network: '' })).toBeNull()
    expect(await read({ sessionId: 'no uuid', network: '' })).toBeNull()
    expect([...(await staffNames(context, ['ke-toan', 'an']))]).toEqual([['ke-toan', 'ke-toan']])
  })

  test('ends when it is idle, and after a working day', async () => {
    const session = await signIn(context, 'ke-toan')
    context.advance(29 * 60_000)
    expect(await read(session)).not.toBeNull()
    context.advance(29 * 60_000)
    expect(await act(context, session, deed(), nothing)).toEqual(ok(null))
    context.advance(2 * 60_000)
    expect(await read(session)).toBeNull()
    expect(await act(context, session, deed(), nothing)).toEqual(refuse('signed_out'))

    const busy = await signIn(context, 'ke-toan')
    for (let minutes = 0; minutes < 719; minutes += 20) {
      expect(await read(busy)).not.toBeNull()
      context.advance(20 * 60_000)
    }
    expect(await read(busy)).toBeNull()
  })

  test('without the second factor that its roles ask for allows nothing', async () => {
    const session = await signIn(context, 'ke-toan')
    const { db } = database.owner ?? database.handle
    await db.execute(sql`alter table staff_sessions disable trigger user`)
    await db.execute(sql`update staff_sessions set second_factor_at = null where id = ${session.sessionId}`)
    await db.execute(sql`alter table staff_sessions enable trigger user`)
    expect((await read(session))?.isComplete).toBe(false)
    expect(await act(context, session, deed(), nothing)).toEqual(refuse('signed_out'))
  })

  test('ends everywhere when its person asks', async () => {
    const [one, two] = [await signIn(context, 'ke-toan'), await signIn(context, 'ke-toan')]
    await endSessions(context.db, { now: context.now(), staffId: 'ke-toan', sessionId: one.sessionId, why: 'signed_out' })
    expect([await read(one), (await read(two))?.id]).toEqual([null, 'ke-toan'])
    await endSessions(context.db, { now: context.now(), staffId: 'ke-toan', why: 'everywhere' })
    expect(await read(two)).toBeNull()
    expect(await act(context, two, deed(), nothing)).toEqual(refuse('signed_out'))
  })

  test('ends with a role, at once: what is under way is finished first', async () => {
    const leaving = await makeStaff(context, { id: 'ke-toan-hai', role: 'accountant', fund: 'ha-noi' })
    const roleId = await roleIdOf(context, 'ke-toan-hai', 'accountant')
    const order: string[] = []
    let ending: Promise<unknown> = Promise.resolve()
    const slow = async () => {
      // On one connection the other waits for it anyway.
      ending = endRole(context, { roleId, by: 'giam-doc' }).then(() => order.push('ended'))
      await new Promise((resolve) => setTimeout(resolve, 200))
      order.push('acted')
      return ok(null)
    }
    expect(await act(context, leaving.session, deed(), slow)).toEqual(ok(null))
    await ending
    expect(order).toEqual(['acted', 'ended'])
    expect(await read(leaving.session)).toBeNull()
    expect(await act(context, leaving.session, deed(), nothing)).toEqual(refuse('signed_out'))
    expect(await act(context, await signIn(context, 'ke-toan-hai'), deed(), nothing)).toEqual(refuse('not_allowed'))
  })
})

describe('the trail', () => {
  test('is looked through by person, room, thing, day and outcome, page by page', async () => {
    const all = await listAudit(context, hanoi, {}, 100)
    expect(all.length).toBeGreaterThan(6)
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => (a > b ? -1 : 1)))
    const first = await listAudit(context, hanoi, {}, 3)
    const second = await listAudit(context, hanoi, { beforeId: first[2]?.id ?? 0n }, 3)
    expect([...first, ...second].map(({ id }) => id)).toEqual(all.slice(0, 6).map(({ id }) => id))
    const found = async (filter: Parameters<typeof listAudit>[2]) => (await listAudit(context, hanoi, filter, 100)).map(({ id }) => id)
    const those = (is: (row: (typeof all)[number]) => boolean) => all.filter(is).map(({ id }) => id)
    expect(await found({ staffId: 'can-bo-xa' })).toEqual(those(({ staffId }) => staffId === 'can-bo-xa'))
    expect(await found({ action: 'campaigns' })).toEqual(those(({ action }) => action.startsWith('campaigns.')))
    expect(await found({ action: 'campaigns.open', outcome: 'denied' })).toEqual(
      those(({ action, outcome }) => action === 'campaigns.open' && outcome === 'denied'),
    )
    expect(await found({ action: '%' })).toEqual([])
    const id = String(campaign.campaignId)
    expect(await found({ aboutKind: 'campaign', aboutId: id })).toEqual(those((row) => row.aboutKind === 'campaign' && row.aboutId === id))
    expect(await found({ from: '2026-11-23', to: '2026-11-23' })).not.toEqual([])
    expect(await found({ to: '2026-11-22' })).toEqual([])
    // The other fund saw the try at its campaign, and nothing of this one's.
    expect((await listAudit(context, ninhThuan, {}, 100)).map(({ outcome }) => outcome)).toEqual(['denied'])
  })
})

describe('the tables refuse', () => {
  test.each<[string, string, RegExp]>([
    ['an entry that changes', `update staff_audit set staff_id = 'giam-doc'`, /append-only/],
    ['an entry that goes', `delete from staff_audit`, /append-only/],
    [
      'a session that comes back',
      `update staff_sessions set ended_at = null, ended_why = null where ended_at is not null`,
      /stays as it was begun/,
    ],
    ['a session that changes hands', `update staff_sessions set staff_id = 'giam-doc' where staff_id = 'ke-toan'`, /stays as it was begun/],
    ['a person that goes', `delete from staff_members`, /append-only/],
    [
      'an address that leads to somebody else',
      `update staff_members set email = 'x@example.com' where id = 'ke-toan'`,
      /stays who they are/,
    ],
    ['a person without a name who is not erased', `update staff_members set name = null where id = 'ke-toan'`, /staff_members_erased/],
    ['a commune more', `update staff_communes set unit_id = unit_id + 1`, /append-only/],
  ])('%s', async (_what, statement, refusal) => {
    const { db } = database.owner ?? database.handle
    expect(await refusalOf(db, statement)).toMatch(refusal)
  })
})
