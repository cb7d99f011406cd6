import { and, eq, isNull, like } from 'drizzle-orm'
import { administrativeUnits, campaigns, loadSteps, needs } from '../../db/schema'
import { receiveBankNotices } from '../bank/commands'
import { arrive, type ArrivedNotice } from '../bank/told'
import { changeCampaignState, createCampaign, markFundedCampaigns } from '../campaigns/commands'
import { completeCampaign } from '../campaigns/finish'
import { CAMPAIGN_STATES } from '../campaigns/states'
import type { Context, FileContext } from '../context'
import { approveReceivingAccount, proposeReceivingAccount } from '../funds/commands'
import { checkNeed, publishNeed, reportNeed } from '../needs/commands'
import { recordCoverage } from '../needs/coverage'
import { cancelPledge, createPledge } from '../pledges/commands'
import { sequencePending } from '../sequencer/sequence'
import { addDays, startOfDay } from '../time/day'
import { noticesOf, SAMPLE_ACCOUNTS, SAMPLE_FUNDS } from './bank-lines'
import { chance } from './chance'
import type { PlannedGift } from './gifts'
import { given } from './given'
import type { PlannedNeed } from './needs'
import { tellReviews } from './reviews'
import { tellStaff } from './staff'
import { tellGoods } from './tell-goods'
import { tellOffice } from './tell-office'
import { tellSpending } from './tell-spending'
import { findAccounts, quartersOf, tellQuarter, tellWaiting } from './tell-statements'
import { tellLogos, tellTiers } from './tell-thanks'
import { planSample, type Step } from './timeline'

const NEEDS_A_CHUNK = 60
const STEPS_A_CHUNK = 150

/** The commands' context while a sample is made: clock and chance are those of the year that is told. */
interface Telling {
  context: FileContext
  seed: string
  /** Sets the clock, and opens the stream of chance that belongs to what happens next. */
  at(moment: Date, key: string): void
  /** Codes and secrets of gifts that were pledged. */
  pledged: Map<string, { code: string; secret: string } | null>
  gifts: Map<string, PlannedGift>
  /** Told by the bank, each at its time, and not booked yet: many together are booked much faster. */
  arrived: ArrivedNotice[]
  /** Names of what was told by a load that was cut off. */
  done: ReadonlySet<string>
}

/**
 * Fills a sample installation with a believable year that ends with its last day, made only through the product's own
 * commands, the same for the same seed. A load that was cut off goes on where it stopped; a finished one costs one look-up.
 * Throws in a real installation.
 * @param percent how many of the gifts, 1 to 100; a load that was begun keeps the number it began with
 * @param say told in one line how far it is
 */
export async function loadSample(context: FileContext, { percent, say }: { percent: number; say: (line: string) => void }): Promise<void> {
  const { kind, seed, anchorDay } = context.installation
  if (kind !== 'sample' || seed === null || anchorDay === null) throw new Error('sample data belongs into a sample installation alone')
  await tellStaff(context, anchorDay)
  const done = await doneSteps(context)
  if (done.has('sample/done')) return
  const begun = [...done].find((name) => name.startsWith('sample/percent/'))
  const share = begun ? Number(begun.split('/')[2]) : percent
  const plan = planSample(seed, anchorDay, share)
  const telling = tell(context, seed, plan.gifts, done)
  const total = plan.needs.length + plan.steps.length
  let told = 0
  let said = 0
  say('Making sample data, once: a year of giving …')
  const chunk = async (name: string, size: number, work: () => Promise<void>): Promise<void> => {
    if (!done.has(name)) {
      await work()
      await context.db.insert(loadSteps).values({ name, finishedAt: context.now() }).onConflictDoNothing()
    }
    told += size
    const tenths = Math.floor((told * 10) / total)
    if (tenths > said) say(`Making sample data … ${tenths * 10} %`)
    said = Math.max(said, tenths)
  }

  await chunk(`sample/percent/${share}`, 0, () => openAccounts(telling, startOfDay(addDays(anchorDay, -385))))
  for (const [index, part] of chunksOf(plan.needs, NEEDS_A_CHUNK)) {
    await chunk(`sample/needs/${index}`, part.length, () => tellNeeds(telling, part))
  }
  for (const [index, part] of chunksOf(plan.steps, STEPS_A_CHUNK)) {
    await chunk(`sample/steps/${index}`, part.length, () => tellSteps(telling, part))
  }
  await chunk('sample/thanks', 0, () => tellTiers(telling.context))
  await chunk('sample/logos', 0, () => tellLogos(telling.context))
  await chunk('sample/reviews', 0, () => tellReviews(telling, anchorDay))
  await chunk('sample/settled', 0, () => settle(telling))
  const accounts = await findAccounts(telling.context, anchorDay)
  for (const quarter of quartersOf(anchorDay)) {
    await chunk(`sample/statements/${quarter.from}`, 0, async () => {
      for (const account of accounts) await tellQuarter(telling, account, quarter)
    })
  }
  await chunk('sample/statements', 0, async () => {
    for (const account of accounts.slice(0, 1)) await tellWaiting(telling, account, anchorDay)
  })
  await chunk('sample/office', 0, async () => {
    telling.at(new Date(startOfDay(anchorDay).getTime() - 14 * 3_600_000), 'office')
    await tellOffice(telling.context)
  })
  await chunk('sample/done', 0, () => settle(telling))
}

async function doneSteps(context: Context): Promise<Set<string>> {
  const rows = await context.db.select({ name: loadSteps.name }).from(loadSteps).where(like(loadSteps.name, 'sample/%'))
  return new Set(rows.map(({ name }) => name))
}

function* chunksOf<T>(items: T[], size: number): Generator<[index: number, items: T[]]> {
  for (let start = 0; start < items.length; start += size) yield [start / size, items.slice(start, start + size)]
}

function tell(context: FileContext, seed: string, gifts: PlannedGift[], done: ReadonlySet<string>): Telling {
  let now = context.now()
  let luck = chance(seed, 'start')
  return {
    context: { ...context, now: () => now, random: (size) => luck.bytes(size) },
    seed,
    at(moment, key) {
      now = moment
      luck = chance(seed, `chance/${key}`)
    },
    pledged: new Map(),
    gifts: new Map(gifts.map((gift) => [gift.key, gift])),
    arrived: [],
    done,
  }
}

/** Two people, as for real: one proposes, the other approves, and it takes effect after the published delay. */
async function openAccounts(telling: Telling, moment: Date): Promise<void> {
  for (const fundSlug of SAMPLE_FUNDS) {
    telling.at(moment, `account/${fundSlug}`)
    const proposal = { fundSlug, ...SAMPLE_ACCOUNTS[fundSlug], proposedBy: 'ke-toan-mau' }
    const { accountId } = given(await proposeReceivingAccount(telling.context, proposal), `account of ${fundSlug}`)
    const approval = await approveReceivingAccount(telling.context, { accountId, approvedBy: 'giam-doc-mau', delayDays: 3 })
    if (!approval.ok && approval.refusal !== 'already_approved') given(approval, `account of ${fundSlug}`)
  }
}

async function unitIds(context: Context): Promise<Map<string, number>> {
  const rows = await context.db
    .select({ id: administrativeUnits.id, code: administrativeUnits.code })
    .from(administrativeUnits)
    .where(isNull(administrativeUnits.validTo))
  return new Map(rows.map(({ id, code }) => [code, id]))
}

const nameOf = (need: PlannedNeed): string => `${need.category}/${need.place.slug}/${need.schoolYear}`

async function tellNeeds(telling: Telling, planned: PlannedNeed[]): Promise<void> {
  const { context } = telling
  const units = await unitIds(context)
  for (const need of planned) {
    const { place, category, schoolYear, children, quantity, amountVnd, state } = need
    telling.at(startOfDay(need.reportedOn), `need/${nameOf(need)}`)
    const unitId = units.get(place.code)
    if (unitId === undefined) throw new Error(`no unit ${place.code} stands today`)
    const name = `need/${nameOf(need)}`
    const figures = { category, schoolYear, children, quantity, amountVnd }
    const report = { programmeSlug: place.programmeSlug, unitId, ...figures, by: 'can-bo-xa-mau', key: name }
    const { needId } = given(await reportNeed(context, report), name)
    if (state === 'reported') continue
    telling.at(startOfDay(addDays(need.reportedOn, 6)), `need/${nameOf(need)}/checked`)
    const editor = { needId, by: 'bien-tap-mau' }
    let { version } = given(await checkNeed(context, { ...editor, version: 1, key: `${name}/checked` }), name)
    if (state === 'published') ({ version } = given(await publishNeed(context, { ...editor, version, key: `${name}/published` }), name))
    for (const [index, { source, nameVi, nameEn, quantity: met, amountVnd: metVnd }] of need.coverages.entries()) {
      const coverage = { source, nameVi, nameEn, quantity: met, amountVnd: metVnd }
      ;({ version } = given(await recordCoverage(context, { ...editor, version, key: `${name}/covered/${index}`, ...coverage }), name))
    }
  }
}

async function tellSteps(telling: Telling, steps: Step[]): Promise<void> {
  for (const step of steps) {
    telling.at(step.at, step.key)
    // What else happens may look at the money that came before it.
    if (step.kind !== 'line' && step.kind !== 'pledge') await bookArrived(telling)
    await tellStep(telling, step)
  }
  await settle(telling)
}

async function tellStep(telling: Telling, step: Step): Promise<void> {
  switch (step.kind) {
    case 'campaign':
      return tellCampaign(telling, step)
    case 'state':
      return tellState(telling, step)
    case 'pledge':
      await pledge(telling, step.gift)
      return
    case 'cancel': {
      const pledged = await pledge(telling, step.gift)
      if (pledged) await cancelPledge(telling.context, pledged)
      return
    }
    case 'line': {
      const gift = step.line.giftKey === null ? undefined : telling.gifts.get(step.line.giftKey)
      const pledged = gift && (await pledge(telling, gift))
      if (gift && !pledged) return
      const notices = noticesOf(step.line, pledged?.code ?? null, telling.seed)
      telling.arrived.push(...notices.map((notice) => arrive(notice, telling.context.now())))
      return
    }
    case 'spending': {
      // After a cut, money that came later is there already: what was refused then must not be tried again.
      const name = `sample/told/${step.key}`
      if (telling.done.has(name)) return
      // What was booked just now took chance of this step, more or less of it after a cut.
      telling.at(step.at, `${step.key}/told`)
      await tellSpending(telling.context, step)
      await telling.context.db.insert(loadSteps).values({ name, finishedAt: telling.context.now() }).onConflictDoNothing()
      return
    }
    case 'settle':
      return settle(telling)
    case 'goods':
    case 'goods_receipt':
    case 'goods_end':
      return tellGoods(telling.context, step)
  }
}

async function tellCampaign({ context }: Telling, { campaign }: Extract<Step, { kind: 'campaign' }>): Promise<void> {
  const { need, draft, slug } = campaign
  const [row] = await context.db
    .select({ id: needs.id })
    .from(needs)
    .innerJoin(administrativeUnits, eq(administrativeUnits.id, needs.unitId))
    .where(
      and(
        eq(administrativeUnits.code, need.place.code),
        isNull(administrativeUnits.validTo),
        eq(needs.category, need.category),
        eq(needs.schoolYear, need.schoolYear),
      ),
    )
  if (!row) throw new Error(`campaign ${slug} has no need`)
  const made = await createCampaign(context, { ...draft, needId: row.id })
  // After a cut the campaign may be there already, and its need then has no room for another one.
  if (!made.ok && !(await stateOf(context, slug))) given(made, `campaign ${slug}`)
}

const stateOf = async (context: Context, slug: string) =>
  (
    await context.db
      .select({ id: campaigns.id, state: campaigns.state, version: campaigns.version })
      .from(campaigns)
      .where(eq(campaigns.slug, slug))
  )[0]

async function tellState({ context }: Telling, { slug, key, change }: Extract<Step, { kind: 'state' }>): Promise<void> {
  const campaign = await stateOf(context, slug)
  if (!campaign) throw new Error(`there is no campaign ${slug}`)
  if (CAMPAIGN_STATES.indexOf(campaign.state) >= CAMPAIGN_STATES.indexOf(change.to)) return
  if (change.to === 'complete') {
    const { actor: by, ...why } = change
    given(await completeCampaign(context, { campaignId: campaign.id, version: campaign.version, by, key, ...why }), key)
    return
  }
  given(await changeCampaignState(context, { campaignId: campaign.id, ...change }), `step of ${slug} to ${change.to}`)
}

/** Pledges a gift, or finds it again: the same form gives the same pledge. Null where the campaign took no more. */
async function pledge(telling: Telling, gift: PlannedGift): Promise<{ code: string; secret: string } | null> {
  const known = telling.pledged.get(gift.key)
  if (known !== undefined) return known
  const result = await createPledge(telling.context, { campaignSlug: gift.campaignSlug, locale: gift.locale, input: gift.input })
  if (!result.ok && result.refusal !== 'not_open') given(result, `gift ${gift.key}`)
  const pledged = result.ok ? result.value : null
  telling.pledged.set(gift.key, pledged)
  return pledged
}

async function bookArrived({ context, arrived }: Telling): Promise<void> {
  await receiveBankNotices(context, arrived.splice(0))
}

async function settle(telling: Telling): Promise<void> {
  const { context } = telling
  await bookArrived(telling)
  // In one transaction: a load that was cut off between would never mark what it has laid.
  await context.db.transaction(async (tx) => {
    const { lineIds } = await sequencePending(tx, context.now())
    if ((await markFundedCampaigns({ ...context, db: tx }, lineIds)).length > 0) await sequencePending(tx, context.now())
  })
}
