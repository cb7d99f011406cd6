import { describe, expect, it } from 'vitest'
import { isTaxCode } from '../pledges/tax-code'
import { reviewMessage } from '../pledges/text-rules'
import { sumOf } from './budgets'
import { schoolYearOf } from './calendar'
import { chance } from './chance'
import { CAMPAIGN_CATEGORIES } from './model'
import { organisation, person } from './people'
import { WISHES } from './texts/donors'
import { planSample } from './timeline'

const ANCHOR = '2026-11-22'
const json = (value: unknown) => JSON.stringify(value, (_, field: unknown) => (typeof field === 'bigint' ? String(field) : field))
const plan = planSample('test', ANCHOR, 100)

describe('chance', () => {
  it('is the same for the same seed and name, and another for others', () => {
    const draw = (seed: string, name: string) => [...chance(seed, name).bytes(40)].join()
    expect(draw('a', 'x')).toBe(draw('a', 'x'))
    expect(new Set([draw('a', 'x'), draw('a', 'y'), draw('b', 'x')]).size).toBe(3)
  })

  it('keeps its bounds', () => {
    const luck = chance('a', 'bounds')
    for (let turn = 0; turn < 2_000; turn++) {
      const drawn = luck.int(3, 7)
      expect(drawn >= 3 && drawn <= 7 && Number.isInteger(drawn)).toBe(true)
    }
    expect(luck.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('the plan of a sample', () => {
  it('is the same for the same seed, and another for another seed', () => {
    expect(json(planSample('test', ANCHOR, 5))).toBe(json(planSample('test', ANCHOR, 5)))
    expect(json(planSample('test', ANCHOR, 5))).not.toBe(json(planSample('other', ANCHOR, 5)))
  })

  it.each([
    ...['2026-02-17', '2027-01-05', '2027-02-10', '2027-03-31', '2027-05-20', '2027-06-13', '2027-07-01'],
    ...['2027-08-31', '2027-10-15', '2028-02-29'],
  ])('holds whatever day it ends with: %s', (anchorDay) => {
    const other = planSample('test', anchorDay, 1)
    expect(other.campaigns).toHaveLength(plan.campaigns.length)
    expect(new Set(other.campaigns.map(({ slug }) => slug)).size).toBe(plan.campaigns.length)
    for (const { opensOn, neededBy, listed } of other.campaigns) {
      expect(neededBy >= opensOn).toBe(true)
      if (listed.state === 'open') expect(neededBy > anchorDay).toBe(true)
    }
  })

  it('has needs of every unit in several categories for the latest school year', () => {
    const latest = schoolYearOf(ANCHOR)
    const byUnit = Map.groupBy(
      plan.needs.filter((need) => need.schoolYear === latest && need.state === 'published'),
      (need) => need.place.code,
    )
    expect(byUnit.size).toBe(25)
    for (const [code, needs] of byUnit) expect(needs.length, code).toBeGreaterThanOrEqual(2)
    expect(plan.needs.some((need) => need.schoolYear === latest - 1)).toBe(true)
  })

  it('never asks for more than other sources leave', () => {
    for (const { need, budget, size, slug } of plan.campaigns) {
      const covered = need.coverages.reduce((sum, coverage) => sum + coverage.amountVnd, 0n)
      expect(sumOf(budget) + covered <= need.amountVnd, slug).toBe(true)
      const met = need.coverages.reduce((sum, coverage) => sum + coverage.quantity, 0)
      expect(budget.quantity + met <= need.quantity, slug).toBe(true)
      expect(size.children <= need.children, slug).toBe(true)
    }
  })

  it('has some forty campaigns of both funds, of every state and every category, with two to five budget lines', () => {
    expect(plan.campaigns).toHaveLength(44)
    expect(new Set(plan.campaigns.map(({ listed }) => listed.state)).size).toBe(7)
    expect(new Set(plan.campaigns.map(({ listed }) => listed.category)).size).toBe(CAMPAIGN_CATEGORIES.length)
    expect(new Set(plan.campaigns.map(({ place }) => place.code)).size).toBe(25)
    expect(new Set(plan.campaigns.map(({ slug }) => slug)).size).toBe(44)
    for (const { budget, slug } of plan.campaigns) expect(budget.lines.length >= 2 && budget.lines.length <= 5, slug).toBe(true)
  })

  it('tells each campaign in both languages, no two stories alike, without exclamation marks or holes', () => {
    const stories = plan.campaigns.map(({ draft }) => draft)
    expect(new Set(stories.map(({ storyVi }) => storyVi)).size).toBe(stories.length)
    expect(new Set(stories.map(({ titleEn }) => titleEn)).size).toBe(stories.length)
    for (const draft of stories) {
      const { titleVi, titleEn, summaryVi, summaryEn, storyVi, storyEn, overflowVi, overflowEn } = draft
      for (const text of [titleVi, titleEn, summaryVi, summaryEn, storyVi, storyEn, overflowVi, overflowEn]) {
        expect(text).not.toMatch(/[!{}]|undefined|NaN/)
        expect(text.length).toBeGreaterThan(10)
      }
      for (const story of [storyVi, storyEn]) {
        const paragraphs = story.split('\n\n')
        expect(paragraphs.length >= 2 && paragraphs.length <= 4).toBe(true)
      }
      expect(`${titleVi} ${summaryVi} ${storyVi}`).not.toMatch(/đáng thương|tội nghiệp|khốn khổ|bất hạnh|cứu giúp/i)
      expect(`${titleEn} ${summaryEn} ${storyEn}`).not.toMatch(/poor child|pitiful|suffering|desperate|heartbreaking/i)
    }
  })

  it('has gifts of every course, and reaches goals where the list says so', () => {
    const courses = Map.groupBy(plan.gifts, ({ course }) => course)
    for (const course of ['paid', 'never', 'other_amount', 'twice', 'cancelled', 'mistyped', 'late', 'wrong_fund'] as const) {
      expect(courses.get(course)?.length ?? 0, course).toBeGreaterThan(0)
    }
    expect(plan.gifts.length).toBeGreaterThan(2_500)
    expect(new Set(plan.gifts.map(({ input }) => input.formKey)).size).toBe(plan.gifts.length)
    for (const { input, key } of plan.gifts) expect(input.pledged.kind === 'vnd' && input.pledged.amountVnd >= 10_000n, key).toBe(true)
  })

  it('has a handful of gifts in kind, each within what its campaign asks for, the same whatever the share', () => {
    expect(plan.goods.length).toBeGreaterThan(12)
    expect(plan.goods.length).toBeLessThan(25)
    expect(json(planSample('test', ANCHOR, 3).goods)).toBe(json(plan.goods))
    const plans = [plan, planSample('other', '2027-01-05', 3), planSample('third', '2028-02-29', 3)]
    const all = plans.flatMap(({ goods, campaigns }) => goods.map((one) => ({ ...one, campaigns })))
    for (const { campaignSlug, campaigns, input, promisedAt, receipts, key } of all) {
      const campaign = campaigns.find(({ slug }) => slug === campaignSlug) ?? expect.unreachable(campaignSlug)
      for (const { position, units } of input.items) {
        const quantity = campaign.budget.lines[position]?.quantity ?? 0
        expect(units >= 1n && units <= BigInt(quantity), `${key}: ${units} of ${quantity}`).toBe(true)
      }
      for (const { at, receipt } of receipts) {
        expect(at > promisedAt && receipt.lines.length > 0 && receipt.lines.every(({ units }) => units > 0n), key).toBe(true)
        expect(
          receipt.lines.every(({ condition }) => (condition === null) === (input.nature === 'service')),
          key,
        ).toBe(true)
      }
    }
    expect(new Set(plan.goods.map(({ input }) => input.nature)).size).toBe(2)
    expect(new Set(plan.goods.map(({ input }) => input.donorKind)).size).toBe(2)
  })

  it('goes in the order of time', () => {
    for (const [index, step] of plan.steps.entries()) {
      if (index > 0) expect(step.at >= (plan.steps[index - 1]?.at ?? step.at)).toBe(true)
    }
  })
})

describe('donors', () => {
  it('give tax codes that are well formed and belong to no tax authority', () => {
    const luck = chance('test', 'tax')
    const codes = Array.from({ length: 200 }, () => organisation(luck).taxCode).filter((code) => code !== null)
    expect(codes.length).toBeGreaterThan(50)
    for (const code of codes) expect([isTaxCode(code), code.startsWith('99')]).toEqual([true, true])
  })

  it('mostly write what may be shown at once, and carry no name of a statesman', () => {
    expect(WISHES.filter((wish) => reviewMessage(wish) === 'shown').length).toBeGreaterThan(WISHES.length * 0.7)
    const luck = chance('test', 'people')
    const names = Array.from({ length: 5_000 }, () => person(luck).name)
    for (const name of ['Phạm Minh Chính', 'Võ Văn Kiệt', 'Phan Văn Khải', 'Lê Thị Thu Hằng', 'Nguyễn Trọng Nghĩa'])
      expect(names).not.toContain(name)
  })
})
