import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres } from '../../db/postgres'
import { receiveBankNotice, receiveBankNotices } from '../../lib/bank/commands'
import type { BankNotice } from '../../lib/bank/model'
import { arrive, type NoticeOutcome } from '../../lib/bank/told'
import { changeCampaignState } from '../../lib/campaigns/commands'
import type { Context } from '../../lib/context'
import { proposeReceivingAccount } from '../../lib/funds/commands'
import { listDiscrepancies } from '../../lib/sequencer/reconcile'
import { sequencePending } from '../../lib/sequencer/sequence'
import { bankNotice, makePledge } from '../factories/giving'
import { LAST_DAY, noticeStream, PROPOSED_ACCOUNT, type Codes, type StreamNotice } from '../factories/notices'
import { makeCampaign, makeFunds, value } from '../factories/site'
import { inAnyOrder, readBooked } from '../factories/booked-rows'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { watched } from '../setup/watched'

/** A tenth of a soak's in the tests. */
const RUNS = process.env['SOAK'] ? 300 : 30
const MINUTES = 20 * 60_000

let database: TestDatabase
let context: TestContext
/** Those who book at the same time: on PostgreSQL as two processes do, each with connections of its own. */
let contexts: TestContext[]
let slug: string
let shared: { closed: string; emergency: string }
const closing: (() => Promise<void>)[] = []

beforeAll(async () => {
  database = await testDatabase()
  closing.push(() => database.close())
  context = testContext(database.handle)
  contexts = [context]
  if (database.url) {
    const other = openPostgres(database.url)
    closing.unshift(() => other.close())
    contexts.push(testContext(other))
  }
  await makeFunds(context)
  const account = { bankBin: '999901', bankName: 'Mẫu', accountName: 'QUY', alias: 'Đề nghị' }
  value(await proposeReceivingAccount(context, { fundSlug: 'ha-noi', ...account, accountNumber: PROPOSED_ACCOUNT, proposedBy: 'an' }))
  slug = (await makeCampaign(context, { goalVnd: 10n ** 10n })).slug
  const appeal = await makeCampaign(context, { slug: 'khan-cap', category: 'suc-khoe', isEmergency: true, neededBy: LAST_DAY })
  const ended = await makeCampaign(context, { slug: 'da-dong', category: 'hoc-bong' })
  shared = { emergency: (await makePledge(context, appeal.slug)).code, closed: (await makePledge(context, ended.slug)).code }
  const reason = { reasonVi: 'Đủ', reasonEn: 'Enough', actor: 'binh' }
  value(await changeCampaignState(context, { campaignId: ended.campaignId, to: 'closed', ...reason }))
  // What all streams share is as it stays.
  for (const memo of Object.values(shared)) await receiveBankNotice(context, bankNotice({ memo, amountVnd: 10_001n }))
})
afterAll(async () => {
  await sequencePending(context.db, context.now())
  expect(await listDiscrepancies(context.db)).toEqual([])
  for (const close of closing) await close()
})

let streams = 0

/** The same notices with numbers and pledges of their own. */
async function makeStream(told: readonly StreamNotice[]) {
  const stream = (streams += 1)
  const named = { name: 'Trần Thị Mẫu', isNamed: true, message: 'Thương các em' }
  const codes: Codes = { ...shared, first: (await makePledge(context, slug, named)).code, second: (await makePledge(context, slug)).code }
  const notices = told.map((make) => make(stream, codes))
  return { notices, read: () => readBooked(context.db, stream, codes) }
}

async function tellOneByOne(notices: readonly BankNotice[]): Promise<(NoticeOutcome | 'refused')[]> {
  const outcomes: (NoticeOutcome | 'refused')[] = []
  for (const notice of notices) outcomes.push(await receiveBankNotice(context, notice).catch(() => 'refused' as const))
  return outcomes
}

/** @returns null where one of them was refused */
const tellTogether = (notices: readonly BankNotice[], by: Context): Promise<NoticeOutcome[] | null> =>
  receiveBankNotices(
    by,
    notices.map((notice) => arrive(notice, by.now())),
  ).catch(() => null)

function cut<Item>(items: readonly Item[], sizes: readonly number[]): Item[][] {
  const parts: Item[][] = []
  for (let start = 0; start < items.length;) {
    const size = sizes[parts.length % sizes.length] ?? 1
    parts.push(items.slice(start, start + size))
    start += size
  }
  return parts
}

const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 6 })
const property = <Arguments extends [unknown, ...unknown[]]>(about: fc.IAsyncPropertyWithHooks<Arguments>): Promise<void> =>
  fc.assert(about, { numRuns: RUNS, seed: 20_261_123 })

describe('notices booked together', () => {
  test(
    'leave what they leave one by one, wherever they are cut',
    async () => {
      const seen = new Set<string>()
      await property(
        fc.asyncProperty(noticeStream({ refused: 3 }), sizes, async (told, lengths) => {
          const alone = await makeStream(told)
          const together = await makeStream(told)
          const expected = cut(await tellOneByOne(alone.notices), lengths)
          let transactions = 0
          const counted = watched(context, { onTransaction: () => (transactions += 1) })
          for (const [index, part] of cut(together.notices, lengths).entries()) {
            const outcomes = expected[index] ?? []
            const isRefused = outcomes.includes('refused')
            transactions = 0
            expect(await tellTogether(part, counted)).toEqual(isRefused ? null : outcomes)
            // Only where one of them was refused is each booked by itself.
            if (!isRefused || part.length === 1) expect(transactions).toBe(1)
            else expect(transactions).toBe(1 + part.length)
            for (const outcome of outcomes) seen.add(outcome)
          }
          expect(await together.read()).toEqual(await alone.read())
        }),
      )
      expect([...seen].sort()).toEqual(['booked', 'contradiction', 'merged', 'refused', 'replayed'])
    },
    MINUTES,
  )

  test(
    'by several at the same time leave what they leave one by one, in the order in which they were done',
    async () => {
      await property(
        fc.asyncProperty(noticeStream(), sizes, async (told, lengths) => {
          const together = await makeStream(told)
          const parts = cut([...told.keys()], lengths)
          const order: number[] = []
          const outcomes = await Promise.all(
            parts.map((part, index) => {
              let statements = 0
              const by = watched(contexts[index % contexts.length] ?? context, {
                onStatement: () => {
                  statements += 1
                  // The first takes the locks: whoever comes to the second goes before all who wait for them.
                  if (statements === 2) order.push(index)
                },
              })
              return tellTogether(
                part.flatMap((number) => together.notices[number] ?? []),
                by,
              )
            }),
          )
          expect(order.toSorted((a, b) => a - b)).toEqual([...parts.keys()])
          const alone = await makeStream(told)
          const expected = await tellOneByOne(order.flatMap((index) => parts[index] ?? []).flatMap((number) => alone.notices[number] ?? []))
          expect(order.flatMap((index) => outcomes[index])).toEqual(expected)
          expect(inAnyOrder(await together.read())).toEqual(inAnyOrder(await alone.read()))
        }),
      )
    },
    MINUTES,
  )
})
