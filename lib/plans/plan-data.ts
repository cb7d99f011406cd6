import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { CATEGORIES } from './categories'
import { FORMER_UNITS } from './former-units'
import { FUNDS } from './funds'
import type { CategoryData, CurrentUnit, FormerUnit, FundData, ProgrammeData } from './model'
import { PROGRAMMES } from './programmes'

/** All that the two plans say, as the site needs it. */
export interface PlanData {
  funds: FundData[]
  programmes: ProgrammeData[]
  categories: CategoryData[]
  currentUnits: CurrentUnit[]
  formerUnits: FormerUnit[]
}

/**
 * Boundaries: MIT data set thanglequoc/vietnamese-provinces-database, geometry of sapnhap.bando.com.vn;
 * coordinates rounded to five decimals of a degree, about a metre.
 */
const UNITS_FILE = new URL('./units-2025.json', import.meta.url)

const position = z.array(z.number()).length(2)
const ring = z.array(position).min(4)
const currentUnits = z.array(
  z.object({
    code: z.string().regex(/^\d{5}$/),
    provinceCode: z.string().regex(/^\d{2}$/),
    level: z.enum(['commune', 'ward']),
    slug: z.string().regex(/^[a-z0-9-]+$/),
    nameVi: z.string(),
    nameEn: z.string(),
    fullNameVi: z.string(),
    fullNameEn: z.string(),
    areaKm2: z.number().positive(),
    latitude: z.number(),
    longitude: z.number(),
    boundary: z.discriminatedUnion('type', [
      z.object({ type: z.literal('Polygon'), coordinates: z.array(ring) }),
      z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring)) }),
    ]),
  }),
)

/** Reads the plan data that ships with the product. Throws where the file of units is damaged. */
export const planData = (): PlanData => ({
  funds: FUNDS,
  programmes: PROGRAMMES,
  categories: CATEGORIES,
  currentUnits: currentUnits.parse(JSON.parse(readFileSync(UNITS_FILE, 'utf8'))),
  formerUnits: FORMER_UNITS,
})

/** SHA-256 of the data, in hex: the same data, the same fingerprint. */
export const fingerprint = (data: PlanData): string => createHash('sha256').update(JSON.stringify(data)).digest('hex')
