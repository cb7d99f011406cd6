import { eraseDonor } from '../lib/donors/erase'
import { readEnv, SettingError } from '../lib/env'
import { captureConsoleErrors, describeError, log } from '../lib/log'
import { normalizeCode } from '../lib/pledges/codes'
import { openSite } from '../lib/site/open'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** npm run erase -- TD…: erases what is known of the donor of each gift that is named. */
async function main(): Promise<boolean> {
  captureConsoleErrors()
  const codes = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  if (codes.length === 0) throw new SettingError('name the gifts by their codes: npm run erase -- TD…')
  const site = await openSite(readEnv(process.env), say)
  try {
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
    return isAllFound
  } finally {
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
