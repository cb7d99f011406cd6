import { z } from 'zod'
import { parseVnd } from '../money/vnd'
import { ok, refuse, type Result } from '../result'
import { isDay, type Day } from '../time/day'
import type { CampaignText } from './ask'
import { lineField, type DraftContent, type DraftField, type DraftLine, type DraftProblem } from './model'

const MOST_LINES = 30
/** Longer than anybody types: refused, never cut. */
const MOST_TYPED = 30_000

const LONGEST: Partial<Record<DraftField, number>> = {
  ...{ slug: 80, titleVi: 120, titleEn: 120, summaryVi: 300, summaryEn: 300 },
  ...{ storyVi: 20_000, storyEn: 20_000, overflowVi: 500, overflowEn: 500 },
}
const LINE_LONGEST = 300

const typed = z.string().max(MOST_TYPED).default('')
const line = z.object({
  ...{ itemVi: typed, itemEn: typed, unitVi: typed, unitEn: typed, standardVi: typed, standardEn: typed },
  ...{ unitPrice: typed, quantity: typed },
})
/** A draft as it is typed: nothing is asked of it but that it is text. */
const draftSchema = z.object({
  ...{ slug: typed, titleVi: typed, titleEn: typed, summaryVi: typed, summaryEn: typed, storyVi: typed, storyEn: typed },
  ...{ overflowVi: typed, overflowEn: typed, children: typed, neededBy: typed, isEmergency: typed },
  budget: z.array(line).max(MOST_LINES).default([]),
})

/** What a table keeps of a draft. */
export const readContent = (kept: unknown): DraftContent => draftSchema.parse(kept)

const isEmpty = (one: DraftLine): boolean =>
  [one.itemVi, one.itemEn, one.unitVi, one.unitEn, one.standardVi, one.standardEn, one.unitPrice, one.quantity].every(
    (text) => text.trim() === '',
  )

/**
 * Reads a draft as the campaign it is to be. Everything is looked at, so that all that is wrong is told at once; budget
 * lines in which nothing is typed are left out.
 * @param opensOn the earliest day on which it can open
 */
export function readCampaignText(content: DraftContent, opensOn: Day): Result<CampaignText, DraftProblem[]> {
  const problems: DraftProblem[] = []
  const fail = (field: string, error: DraftProblem['error']) => problems.push({ field, error })
  const text = (field: DraftField): string => {
    const said = content[field].normalize('NFC').trim()
    if (said === '') fail(field, 'missing')
    else if ([...said].length > (LONGEST[field] ?? MOST_TYPED)) fail(field, 'too_long')
    return said
  }
  const texts = {
    ...{ slug: text('slug'), titleVi: text('titleVi'), titleEn: text('titleEn'), summaryVi: text('summaryVi') },
    ...{ summaryEn: text('summaryEn'), storyVi: text('storyVi'), storyEn: text('storyEn') },
    ...{ overflowVi: text('overflowVi'), overflowEn: text('overflowEn'), neededBy: text('neededBy') },
  }
  if (texts.slug !== '' && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(texts.slug)) fail('slug', 'not_a_slug')
  if (texts.neededBy !== '' && !isDay(texts.neededBy)) fail('neededBy', 'not_a_day')
  else if (texts.neededBy !== '' && texts.neededBy < opensOn) fail('neededBy', 'past')
  const children = count(content.children)
  if (children === null) fail('children', content.children.trim() === '' ? 'missing' : 'not_a_count')
  const filled = content.budget.map((one, at) => ({ one, at })).filter(({ one }) => !isEmpty(one))
  if (filled.length === 0) fail('budget', 'missing')
  const budget = filled.map(({ one, at }) => {
    const said = (field: Exclude<keyof DraftLine, 'unitPrice' | 'quantity'>): string => {
      const words = one[field].normalize('NFC').trim()
      if (words === '') fail(lineField(at, field), 'missing')
      else if ([...words].length > LINE_LONGEST) fail(lineField(at, field), 'too_long')
      return words
    }
    const unitPriceVnd = parseVnd(one.unitPrice)
    if (unitPriceVnd === null || unitPriceVnd === 0n)
      fail(lineField(at, 'unitPrice'), one.unitPrice.trim() === '' ? 'missing' : 'not_an_amount')
    const quantity = count(one.quantity)
    if (quantity === null) fail(lineField(at, 'quantity'), one.quantity.trim() === '' ? 'missing' : 'not_a_count')
    return {
      ...{ itemVi: said('itemVi'), itemEn: said('itemEn'), unitVi: said('unitVi'), unitEn: said('unitEn') },
      ...{ standardVi: said('standardVi'), standardEn: said('standardEn') },
      ...{ unitPriceVnd: unitPriceVnd ?? 0n, quantity: quantity ?? 0 },
    }
  })
  if (problems.length > 0) return refuse(problems)
  return ok({ ...texts, children: children ?? 0, budget, opensOn, isEmergency: content.isEmergency === 'yes' })
}

/** What is missing or wrong of a draft before it can be handed in. */
export function problemsOf(content: DraftContent, today: Day): DraftProblem[] {
  const read = readCampaignText(content, today)
  return read.ok ? [] : read.refusal
}

function count(text: string): number | null {
  const cleaned = text.replace(/[\s\u00a0\u202f]/g, '')
  if (!/^\d{1,9}$|^\d{1,3}(?:\.\d{3}){1,2}$|^\d{1,3}(?:,\d{3}){1,2}$/.test(cleaned)) return null
  const number = Number(cleaned.replace(/[.,]/g, ''))
  return number > 0 ? number : null
}
