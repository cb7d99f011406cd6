import { sql } from 'drizzle-orm'
import { boolean, check, date, doublePrecision, index, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core'

/** GeoJSON geometry of a unit's boundary, longitude before latitude. */
export interface Boundary {
  type: 'Polygon' | 'MultiPolygon'
  coordinates: number[][][] | number[][][][]
}

/**
 * An administrative unit is (code, valid from): official codes were reused for other units on 1 July 2025.
 */
export const administrativeUnits = pgTable(
  'administrative_units',
  {
    id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
    code: text('code').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    /** Last day on which the unit stood; null while it stands. */
    validTo: date('valid_to', { mode: 'string' }),
    level: text('level', { enum: ['commune', 'ward', 'township'] }).notNull(),
    slug: text('slug').notNull().unique(),
    /** Bare name, "Ba Vì". */
    nameVi: text('name_vi').notNull(),
    nameEn: text('name_en').notNull(),
    /** With its level, "Xã Ba Vì", "Ba Vi Commune". */
    fullNameVi: text('full_name_vi').notNull(),
    fullNameEn: text('full_name_en').notNull(),
    provinceCode: text('province_code').notNull(),
    provinceVi: text('province_vi').notNull(),
    provinceEn: text('province_en').notNull(),
    /** Districts ended on 1 July 2025. */
    districtVi: text('district_vi'),
    /** Area class by Decision 861/QĐ-TTg (2021): III is the hardest. */
    areaClass: text('area_class', { enum: ['I', 'II', 'III'] }),
    areaKm2: doublePrecision('area_km2'),
    latitude: doublePrecision('latitude'),
    longitude: doublePrecision('longitude'),
    boundary: jsonb('boundary').$type<Boundary>(),
  },
  (t) => [
    unique('administrative_units_code_valid_from').on(t.code, t.validFrom),
    check('administrative_units_validity', sql`${t.validTo} is null or ${t.validTo} >= ${t.validFrom}`),
    check('administrative_units_level', sql`${t.level} in ('commune', 'ward', 'township')`),
    check('administrative_units_area_class', sql`${t.areaClass} in ('I', 'II', 'III')`),
  ],
)

/** Which unit became (part of) which: many to many. */
export const unitSuccessions = pgTable(
  'unit_successions',
  {
    predecessorId: integer('predecessor_id')
      .notNull()
      .references(() => administrativeUnits.id),
    successorId: integer('successor_id')
      .notNull()
      .references(() => administrativeUnits.id),
    /** The wording of the merger, as decreed. */
    clauseVi: text('clause_vi').notNull(),
    /** True where the predecessor was split among several successors. */
    isPartial: boolean('is_partial').notNull(),
  },
  (t) => [primaryKey({ columns: [t.predecessorId, t.successorId] }), index('unit_successions_successor').on(t.successorId)],
)
