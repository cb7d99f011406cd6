import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterEach, expect, test } from 'vitest'
import { openMailFolder } from '../../lib/mail/folder'
import { openSmtp } from '../../lib/mail/smtp'

const folders: string[] = []
const servers: SMTPServer[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
  for (const server of servers.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()))
})

const MAIL = {
  to: 'an@example.com',
  subject: 'Đường dẫn đăng nhập',
  text: 'Chào An,\n\nhttps://example.org/quan-tri/vao/an.1\n\nTừng Đồng',
}

/** A mail server that takes everything, and what it was sent. */
async function listen(): Promise<{ url: string; got: string[]; from: string[] }> {
  const got: string[] = []
  const from: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom(address, _session, callback) {
      from.push(address.address)
      callback()
    },
    onData(stream, _session, callback) {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')))
      stream.on('end', () => {
        got.push(text)
        callback()
      })
    },
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { url: `smtp://127.0.0.1:${address.port}`, got, from }
}

test('an e-mail goes out by SMTP, whole', async () => {
  const { url, got, from } = await listen()
  const mail = openSmtp(url, 'Từng Đồng <khong-tra-loi@example.org>')
  await mail.send(MAIL)
  expect(from).toEqual(['khong-tra-loi@example.org'])
  expect(got[0]).toContain('To: an@example.com')
  const body = (got[0] ?? '').replace(/^[\s\S]*?\r\n\r\n/, '')
  const decoded = /Content-Transfer-Encoding: base64/i.test(got[0] ?? '')
    ? Buffer.from(body, 'base64').toString('utf8')
    : body
        .replaceAll('=\r\n', '')
        .replaceAll(/((?:=[0-9A-F]{2})+)/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'))
  expect(decoded).toContain('https://example.org/quan-tri/vao/an.1')
  expect(await mail.list()).toEqual([])
})

test('a server that does not take it is an error', async () => {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const address = closed.address()
  await new Promise((resolve) => closed.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  await expect(openSmtp(`smtp://127.0.0.1:${address.port}`, 'a@example.org').send(MAIL)).rejects.toThrow(/ECONNREFUSED/)
})

test('on the way to another machine nobody reads along: without TLS it is not sent', async () => {
  const { url } = await listen()
  // A name of this machine that is none of those that need no secret.
  await expect(openSmtp(url.replace('127.0.0.1', '127.0.0.2'), 'a@example.org').send(MAIL)).rejects.toThrow(/STARTTLS/)
})

test('without a server e-mails lie in a folder, the newest first, and nobody else reads them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mail-'))
  folders.push(folder)
  const path = join(folder, 'mail')
  let now = new Date('2026-11-23T03:00:00.123Z')
  const mail = openMailFolder(path, () => now)
  expect(await mail.list()).toEqual([])
  await mail.send(MAIL)
  now = new Date('2026-11-23T03:00:01.000Z')
  await mail.send({ ...MAIL, to: 'x@example.com\nBcc: y@example.com', subject: 'Hai\n\ndòng' })
  expect(await mail.list()).toEqual([
    { ...MAIL, at: now, to: 'x@example.com Bcc: y@example.com', subject: 'Hai dòng' },
    { ...MAIL, at: new Date('2026-11-23T03:00:00.123Z') },
  ])
  for (const name of readdirSync(path)) expect(statSync(join(path, name)).mode & 0o077).toBe(0)
})
