import type { ServerContext } from '../../lib/context'
import type { StaffSession } from '../../lib/staff/model'
import { SESSION_COOKIE, tokenOf } from '../../lib/staff/sign-in/token'

/** A handler of a form of the console, as Next calls it. */
type Handler = (
  request: Request,
  props: { params: Promise<{ locale: string; fund: string } & Record<string, string>> },
) => Promise<Response>

/** The cookie of a session, as its browser sends it. */
export const cookieOfSession = async (context: ServerContext, { sessionId }: StaffSession): Promise<string> =>
  `${SESSION_COOKIE}=${await tokenOf(context.staff.secret, sessionId)}`

/** Sends a form of the console as somebody's browser does; null is nobody's. @returns its status, and where it leads */
export async function sendForm(
  context: ServerContext,
  handler: Handler,
  session: StaffSession | null,
  parts: { fund: string } & Record<string, string>,
  fields: Record<string, string | Blob>,
): Promise<string> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const sent = new Response(form)
  const headers: Record<string, string> = { 'x-tung-dong-address': '203.0.113.77', 'content-type': sent.headers.get('content-type') ?? '' }
  if (session) headers['cookie'] = await cookieOfSession(context, session)
  const request = new Request('https://example.org/quan-tri', { method: 'POST', body: await sent.arrayBuffer(), headers })
  const answer = await handler(request, { params: Promise.resolve({ locale: 'vi', ...parts }) })
  return answer.headers.get('location') ?? `status ${answer.status}`
}
