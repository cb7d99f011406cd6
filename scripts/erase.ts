import { openPostgres } from '../db/postgres'
import { eraseDonor } from '../lib/donors/erase'
import { mayRewrite, rewriteErased } from '../lib/donors/rewrite'
import { readEnv, SettingError } from '../lib/env'
import { captureConsoleErrors, describeError, log } from '../lib/log'
import { normalizeCode } from '../lib/pledges/codes'
import { removeOutdatedBytes } from '../lib/public-lines/make-files'
import { takeAwayLeftovers } from '../lib/rebuild/places'
import { openSite } from '../lib/site/open'
import { eraseStaff } from '../lib/staff/erase'

const say = (line: string) => process.stdout.write(`${line}\n`)

/**
 * npm run erase -- TD… lan@example.vn: erases what is known of the donor of each gift, and of each member of staff, that is
 * named. With --rewrite the database's files lose the last traces too; an embedded database's always do.
 */
async function main(): Promise<boolean> {
  captureConsoleErrors()
  const named = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  const isRewriting = process.argv.includes('--rewrite')
  if (named.length === 0 && !isRewriting)
    throw new SettingError('name gifts by their codes, and staff by their addresses: npm run erase -- TD… lan@example.vn')
  const codes = named.filter((word) => !word.includes('@'))
  const env = readEnv(process.env)
  const site = await openSite(env, say)
  const { handle } = site.context
  const isEmbedded = handle.engine === 'embedded'
  const server =
    isRewriting && env.DATABASE_URL
      ? openPostgres(env.DATABASE_OWNER_URL ?? env.DATABASE_URL, { maxConnections: 1, isForMigrations: true })
      : null
  try {
    if (server && !(await mayRewrite(server)))
      throw new SettingError(
        'the files are written anew by the owner of the database and of its tables: give that role in DATABASE_OWNER_URL',
      )
    let isAllFound = true
    for (const code of codes.map(normalizeCode)) {
      const erased = await eraseDonor(site.context, { code })
      isAllFound &&= erased.ok
      if (!erased.ok) say(`${code}: no gift has this code`)
      else {
        const { texts, contacts, notices, memos } = erased.value
        say(`${code}: erased ${texts} texts, ${contacts} contacts, ${notices} bodies of bank notices, ${memos} memos`)
      }
    }
    // Whether the site runs or not, and whenever it makes them anew.
    await removeOutdatedBytes(site.context)
    for (const email of named.filter((word) => word.includes('@'))) {
      const erased = await eraseStaff(site.context, email)
      isAllFound &&= erased.ok
      if (erased.ok) say(`${email}: erased; what they did is told by the id ${erased.value.staffId}`)
      else
        say(
          `${email}: ${erased.refusal === 'not_found' ? 'nobody of the staff has this address' : 'still has a role: a director ends it first'}`,
        )
    }
    if (!(await takeAwayLeftovers(env)))
      say('A copy of the database that a rebuild made is still there: end it, or drop it as its owner, for it has what was erased.')
    if (isRewriting || isEmbedded) {
      say('Writing the files of the tables anew …')
      await rewriteErased(server ?? handle)
    }
    return isAllFound
  } finally {
    await server?.close()
    await site.close()
  }
}

main()
  .then((isAllFound) => process.exit(isAllFound ? 0 : 1))
  .catch((error: unknown) => {
    if (error instanceof SettingError) say(`Nothing was erased: ${error.message}`)
    else log.fatal({ event: 'erase_failed', error: describeError(error) })
    process.exit(1)
  })
