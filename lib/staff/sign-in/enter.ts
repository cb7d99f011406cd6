import { eq } from 'drizzle-orm'
import { staffSessions } from '../../../db/schema'
import type { ServerContext } from '../../context'
import { localePath, type Locale } from '../../i18n/locale'
import { translator } from '../../i18n/translator'
import { describeError, log } from '../../log'
import { writeAudit } from '../audit'
import type { Staff } from '../model'
import { beginSession, endSessions } from '../sessions'
import { addressOf, findMember, mayHaveLink } from './links'
import { callNextAuth, LINK_MINUTES } from './next-auth'
import { sessionIdOf, tokenOf } from './token'

/** A link to sign in by: whose it is, and the token that is good once. */
export interface SignInLink {
  staffId: string
  token: string
}

/** "giam-doc-mau.4f…": a link's two parts in one segment of an address. */
const writeLink = ({ staffId, token }: SignInLink): string => `${staffId}.${token}`

/** Reads it; null where it is none. */
export function readLink(text: string): SignInLink | null {
  const [, staffId, token] = /^([a-z0-9-]{4,40})\.([0-9a-f]{64})$/.exec(text) ?? []
  return staffId === undefined || token === undefined ? null : { staffId, token }
}

/**
 * Sends somebody who is known a link to sign in by; whoever is not known, or asked too often, is sent nothing. The
 * answer must not wait for this: how long it takes tells whether there is such a person.
 * @param typed the address as it was typed
 * @param goOn Vietnamese path of the page to go on to
 */
export async function sendLink(
  context: ServerContext,
  { typed, locale, network, goOn }: { typed: string; locale: Locale; network: string; goOn: string },
): Promise<void> {
  try {
    const member = await findMember(context.db, typed)
    if (!member || !(await mayHaveLink(context, member.id))) return
    const onLink = async (token: string) => {
      const link = `${context.origin}${localePath(locale, `/quan-tri/vao/${writeLink({ staffId: member.id, token })}`)}${goOn === '' ? '' : `?tiep=${encodeURIComponent(goOn)}`}`
      const t = translator(locale, 'console')
      await context.mail.send({
        to: member.email,
        subject: t('mail.signIn.subject'),
        text: t('mail.signIn.text', { name: member.name, link, minutes: LINK_MINUTES }),
      })
    }
    await callNextAuth(context, { network, onLink }, { route: ['signin', 'email'], method: 'POST', body: { email: member.email } })
  } catch (error) {
    log.error({ event: 'sign_in_mail_failed', error: describeError(error) })
  }
}

/**
 * Signs in by a link, which is used up by it.
 * @returns the new session's token for the browser; null where the link is not good any more
 */
export async function enterByLink(context: ServerContext, link: SignInLink, network: string): Promise<string | null> {
  const email = await addressOf(context.db, link.staffId)
  if (email === null) return null
  const token = await callNextAuth(
    context,
    { network },
    {
      ...{ route: ['callback', 'email'], method: 'GET' },
      query: { email, token: link.token },
    },
  )
  const sessionId = await sessionIdOf(context.staff.secret, token ?? undefined)
  if (sessionId === null) return null
  await tellEntered(context, { staffId: link.staffId, sessionId, network, how: 'link' })
  return token
}

/**
 * Signs in somebody of a sample's staff by one click, both factors taken as shown. There is no such way into a real
 * database, whoever asks.
 * @returns the new session's token; null where this is no sample, or nobody of that id is there
 */
export async function enterSample(context: ServerContext, staffId: string, network: string): Promise<string | null> {
  if (context.installation.kind !== 'sample') return null
  const email = await addressOf(context.db, staffId)
  if (email === null || !(await findMember(context.db, email))) return null
  const now = context.now()
  const sessionId = await beginSession(context.db, { now, staffId, network, idleSeconds: context.staff.idleSeconds })
  await context.db.update(staffSessions).set({ secondFactorAt: now }).where(eq(staffSessions.id, sessionId))
  await tellEntered(context, { staffId, sessionId, network, how: 'sample' })
  return tokenOf(context.staff.secret, sessionId)
}

/** Ends a session on demand, or all of its person's. */
export async function leave(context: ServerContext, { id: staffId, sessionId, network }: Staff, isEverywhere: boolean): Promise<void> {
  const now = context.now()
  const by = { staffId, sessionId, network }
  await context.db.transaction(async (tx) => {
    await endSessions(tx, { now, staffId, why: isEverywhere ? 'everywhere' : 'signed_out', ...(isEverywhere ? {} : { sessionId }) })
    await writeAudit(tx, {
      ...{ at: now, by, fundId: null, action: 'sign_in.leave', outcome: 'done', about: { kind: 'person', id: staffId } },
      after: { everywhere: isEverywhere },
    })
  })
}

const tellEntered = (
  { db, now }: ServerContext,
  { staffId, sessionId, network, how }: { staffId: string; sessionId: string; network: string; how: 'link' | 'sample' },
) =>
  writeAudit(db, {
    ...{ at: now(), by: { staffId, sessionId, network }, fundId: null, action: 'sign_in.enter', outcome: 'done' },
    ...{ about: { kind: 'person', id: staffId }, after: { how } },
  })
