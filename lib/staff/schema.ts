import { z } from 'zod'

/** What is looked for in the trail. */
export interface AuditFilter {
  /** A person's id. */
  staffId?: string
  /** A permission, or the room it begins with, "spends". */
  action?: string
  aboutKind?: string
  aboutId?: string
  from?: string
  to?: string
  outcome?: 'done' | 'denied'
  /** Only entries before this one: where the page before ended. */
  beforeId?: bigint
}

const day = z.iso.date()
const word = z.string().regex(/^[a-z0-9_.-]{1,60}$/)
const idOfEntry = z
  .string()
  .regex(/^\d{1,18}$/)
  .transform(BigInt)

type Parameters = Record<string, string | string[] | undefined>

/** Reads the filter off an address; what it does not understand is left out. */
export function readAuditFilter(parameters: Parameters): AuditFilter {
  const given = (name: string) => (Array.isArray(parameters[name]) ? parameters[name][0] : parameters[name]) ?? ''
  const read = <Value>(schema: z.ZodType<Value>, text: string): Value | undefined => schema.safeParse(text.trim()).data
  const [kind = '', id = ''] = given('ve')
    .trim()
    .toLowerCase()
    .split(/[\s:]+/)
  const filter = {
    staffId: read(word, given('ai')),
    action: read(word, given('viec')),
    aboutKind: read(word, kind),
    aboutId: read(z.string().regex(/^[\w-]{1,40}$/), id),
    from: read(day, given('tu')),
    to: read(day, given('den')),
    outcome: read(z.enum(['done', 'denied']), given('kq')),
    beforeId: read(idOfEntry, given('truoc')),
  }
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

/** The same filter as the query of an address. */
export function auditQuery({ staffId, action, aboutKind, aboutId, from, to, outcome, beforeId }: AuditFilter): string {
  const about = [aboutKind, aboutId].filter((part) => part !== undefined).join(' ')
  const pairs = { ai: staffId, viec: action, ve: about, tu: from, den: to, kq: outcome, truoc: beforeId?.toString() }
  return new URLSearchParams(Object.entries(pairs).flatMap(([name, value]) => (value ? [[name, value]] : []))).toString()
}
