import type { MailSender } from './model'

const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost'])

/** A server that does not answer keeps nobody waiting for longer. */
const TIMEOUT_MS = 15_000

/**
 * Sends e-mails by SMTP.
 * @param url "smtps://user:password@host:465"; with smtp:// the connection is made secret as soon as the server can
 */
export function openSmtp(url: string, from: string): MailSender {
  return {
    async send({ to, subject, text }) {
      // Loaded where it is used: the library is large, and most starts send nothing.
      const { createTransport } = await import('nodemailer')
      const limits = { connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS }
      // Given the address itself, the library forgets every other option.
      const transport = createTransport({ ...serverOf(url), ...limits, disableFileAccess: true, disableUrlAccess: true })
      try {
        await transport.sendMail({ from, to, subject, text })
      } finally {
        transport.close()
      }
    },
    list: () => Promise.resolve([]),
  }
}

function serverOf(address: string) {
  const url = new URL(address)
  const secure = url.protocol === 'smtps:'
  const { hostname: host, username, password } = url
  return {
    ...{ host: host.replace(/^\[|\]$/g, ''), port: Number(url.port) || (secure ? 465 : 587), secure },
    // On the way to another machine nobody reads a link to sign in by.
    requireTLS: !secure && !LOOPBACK.has(host),
    ...(username === '' ? {} : { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
  }
}
