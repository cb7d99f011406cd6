import { cookie } from '../http/form'

/** Holds the ticket of who waits, so that pressing too early does not begin the wait anew. */
export const TICKET_COOKIE = 'td_cho'
const TICKET_SECONDS = 660

/** `path` is the page's own, in its language. A text that is no ticket of ours is not kept. */
export const ticketCookie = (ticket: string, path: string, isSecure: boolean): string =>
  cookie(TICKET_COOKIE, /^[\w.-]{1,1200}$/.test(ticket) ? ticket : '', { path, maxAgeSeconds: TICKET_SECONDS, isSecure })

export const forgetTicket = (path: string, isSecure: boolean): string => cookie(TICKET_COOKIE, '', { path, maxAgeSeconds: 0, isSecure })
