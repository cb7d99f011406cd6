import { getTableName, is } from 'drizzle-orm'
import { PgTable } from 'drizzle-orm/pg-core'
import { expect, test } from 'vitest'
import * as schema from '../../db/schema'
import { TABLES } from './tables'

test('of each table it is said, once, where what stands in it comes from', () => {
  const all = Object.values(schema).flatMap((one: unknown) => (is(one, PgTable) ? [getTableName(one)] : []))
  const said = Object.values(TABLES).flatMap((tables) => tables.map((table) => getTableName(table)))
  expect(said.toSorted()).toEqual(all.toSorted())
})
