import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { openPostgres } from '../db/postgres'
import { readEnv, SettingError } from '../lib/env'
import { generateHistory, type Progress } from '../lib/generate/history'
import { captureConsoleErrors, describeError, log } from '../lib/log'
import { NAMED_SHARE } from '../lib/sample/people'
import { openSite } from '../lib/site/open'

const say = (line: string) => process.stdout.write(`${line}\n`)
const SAY_EVERY_MS = 5_000

const count = z.coerce.number().int().min(0).max(100_000_000)
const percent = z.coerce.number().min(0).max(100)
const asked = z.object({
  donations: count,
  spends: count,
  named: percent,
  campaign: z.string().nullable(),
  seed: z.string().regex(/^[a-z0-9-]{1,20}$/),
})

/**
 * npm run generate -- --donations 1000000 [--spends 10000] [--campaign slug] [--seed name] [--named 46]: a long history in a
 * sample. Said again after it was cut off, it goes on. No other process may sequence meanwhile.
 */
async function main(): Promise<void> {
  captureConsoleErrors()
  const { values } = parseArgs({
    args: process.argv.slice(2),
    options: {
      donations: { type: 'string', default: '100000' },
      spends: { type: 'string', default: '0' },
      campaign: { type: 'string' },
      seed: { type: 'string', default: 'history' },
      named: { type: 'string', default: String(NAMED_SHARE * 100) },
    },
  })
  const wish = asked.safeParse({ ...values, campaign: values.campaign ?? null })
  if (!wish.success) throw new SettingError('say how much: npm run generate -- --donations 1000000 --spends 10000 --campaign slug')
  const env = readEnv(process.env)
  if (!env.DATABASE_URL) throw new SettingError('a long history needs PostgreSQL: set DATABASE_URL')
  const site = await openSite(env, say)
  const owner = openPostgres(env.DATABASE_OWNER_URL ?? env.DATABASE_URL, { maxConnections: 1, isForMigrations: true })
  try {
    const { campaign: campaignSlug, named, ...how } = wish.data
    const { db, random, now, publicLog } = site.context
    const analyze = () => owner.db.execute(sql`analyze`).then(() => undefined)
    const { onProgress, sayAll } = progressLine()
    const making = { publishing: { db, ...publicLog, random, now }, onProgress, analyze }
    const slug = await generateHistory(site.context, { ...how, campaignSlug, namedShare: named / 100 }, making)
    sayAll()
    say(`It is there. Most of it is at /chien-dich/${slug}`)
  } finally {
    await owner.close()
    await site.close()
  }
}

/** Says now and then how far each part is, and how fast. */
function progressLine(): { onProgress: (progress: Progress) => void; sayAll: () => void } {
  let last = Date.now()
  const parts = new Map<Progress['part'], string>()
  const sayAll = () => say([...parts.values()].join(', '))
  return {
    sayAll,
    onProgress({ part, done, of, ms }) {
      parts.set(part, `${part} ${done}${part === 'gifts' ? ` of ${of}` : ''} (${Math.round((done * 1_000) / Math.max(1, ms))} a second)`)
      if (Date.now() - last < SAY_EVERY_MS) return
      last = Date.now()
      sayAll()
    },
  }
}

main()
  .then(() => process.exit(0))
  .catch((error: unknown) => {
    if (error instanceof SettingError) say(`Nothing was made: ${error.message}`)
    else log.fatal({ event: 'generate_failed', error: describeError(error) })
    process.exit(1)
  })
