import { parseArgs } from 'node:util'
import { readEnv, SettingError } from '../lib/env'
import { captureConsoleErrors, describeError, log } from '../lib/log'
import { openSite } from '../lib/site/open'
import { invite } from '../lib/staff/invite'

const say = (line: string) => process.stdout.write(`${line}\n`)

const HOW = 'npm run invite -- --fund ha-noi --email giam.doc@example.vn --name "Trần Thị An", or --operator in place of --fund'

const REFUSALS = {
  unknown_fund: 'there is no such fund',
  not_an_email: 'that is no e-mail address',
  no_name: 'a name is needed, of at most 80 letters',
  has_director: 'this fund has a director, who appoints its people from the console',
  held_already: 'this person is an operator already',
} as const

/** npm run invite: gives a fund its first director, or the platform an operator. */
async function main(): Promise<boolean> {
  captureConsoleErrors()
  const { fund, email, name, operator } = readWords()
  if (email === undefined || name === undefined || (fund === undefined) !== operator) throw new SettingError(HOW)
  const site = await openSite(readEnv(process.env), say)
  try {
    const invited = await invite(site.context, { fundSlug: fund ?? null, email, name, locale: 'vi' })
    if (invited.ok) say(`${email} can sign in now: ${site.context.origin}/quan-tri`)
    else say(`Nobody was invited: ${REFUSALS[invited.refusal]}`)
    return invited.ok
  } finally {
    await site.close()
  }
}

function readWords() {
  try {
    const { values } = parseArgs({
      args: process.argv.slice(2).filter((word) => word !== '--invite'),
      options: {
        fund: { type: 'string' },
        email: { type: 'string' },
        name: { type: 'string' },
        operator: { type: 'boolean', default: false },
      },
    })
    return values
  } catch {
    throw new SettingError(HOW)
  }
}

main()
  .then((isInvited) => process.exit(isInvited ? 0 : 1))
  .catch((error: unknown) => {
    if (error instanceof SettingError) say(`Nobody was invited: ${error.message}`)
    else log.fatal({ event: 'invite_failed', error: describeError(error) })
    process.exit(1)
  })
