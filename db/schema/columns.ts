import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** An amount in đồng. VND has no minor unit, so a whole number is exact. */
export const vnd = (name: string) => bigint(name, { mode: 'bigint' })

/** A moment, stored in UTC. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Raw bytes; both engines hand back a Uint8Array or a Buffer. */
export const bytes = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => new Uint8Array(value),
})

/** A word of small letters without marks, in the order of its bytes: so words with one beginning lie together in any database. */
export const word = customType<{ data: string }>({ dataType: () => 'text collate "C"' })
