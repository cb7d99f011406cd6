import type { BudgetLine } from '../campaigns/ask'
import { CATEGORIES } from '../plans/categories'
import type { SampleCategory } from './model'
import { PRICE_LIST, type Size } from './price-list'

/** A budget, and how many of the category's unit it pays for. */
export interface Budget {
  lines: BudgetLine[]
  quantity: number
  /** Price of what the category counts. */
  unitPriceVnd: bigint
}

/** Prices rise a little from one school year to the next. */
function rise(priceVnd: number, schoolYear: number): bigint {
  if (schoolYear >= 2026) return BigInt(priceVnd)
  const step = priceVnd < 100_000 ? 500 : priceVnd < 1_000_000 ? 5_000 : 50_000
  return BigInt(Math.round((priceVnd * 0.97) / step) * step)
}

const STANDARDS = new Map(CATEGORIES.map((category) => [category.key, category.standard]))

/** A priced budget for so many children. The first line is what the category counts. */
export function budgetOf(category: SampleCategory, size: Size, schoolYear: number): Budget {
  const standard = STANDARDS.get(category)
  if (!standard) throw new Error(`category ${category} has no standard`)
  const { items, quantity } = PRICE_LIST[category](size)
  const lines = items
    .filter(([, , , , , count]) => count > 0)
    .map(([itemVi, itemEn, unitVi, unitEn, priceVnd, count, own]) => ({
      itemVi,
      itemEn,
      unitVi,
      unitEn,
      standardVi: (own ?? standard).vi,
      standardEn: (own ?? standard).en,
      unitPriceVnd: rise(priceVnd, schoolYear),
      quantity: count,
    }))
  const [first] = lines
  if (!first) throw new Error(`a budget of ${category} has no line`)
  return { lines, quantity, unitPriceVnd: first.unitPriceVnd }
}

export const sumOf = (budget: Budget): bigint => budget.lines.reduce((sum, line) => sum + line.unitPriceVnd * BigInt(line.quantity), 0n)
