import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { KeptMail, MailSender } from './model'

const MOST_SHOWN = 50
const NAME = /^(\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}-\d{3}Z)-[0-9a-f]{8}\.txt$/

/** Line breaks in what stands on one line would begin another. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ')

/**
 * Writes e-mails into a folder in place of sending them, each into a file of its own that nobody else of this machine
 * reads: the newest by name is the last.
 */
export function openMailFolder(folder: string, now: () => Date): MailSender {
  return {
    async send({ to, subject, text }) {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const name = `${now().toISOString().replaceAll(/[:.]/g, '-')}-${randomBytes(4).toString('hex')}.txt`
      await writeFile(join(folder, name), `To: ${oneLine(to)}\nSubject: ${oneLine(subject)}\n\n${text}\n`, { mode: 0o600, flag: 'wx' })
    },
    async list() {
      const names = (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name)).toSorted()
      return Promise.all(
        names
          .slice(-MOST_SHOWN)
          .toReversed()
          .map((name) => readMail(folder, name)),
      )
    },
  }
}

async function readMail(folder: string, name: string): Promise<KeptMail> {
  const [head = '', ...rest] = (await readFile(join(folder, name), 'utf8')).split('\n\n')
  const [to = '', subject = ''] = head.split('\n').map((line) => line.slice(line.indexOf(': ') + 2))
  const [, stamp = ''] = NAME.exec(name) ?? []
  const at = new Date(stamp.replace(/T(\d{2})-(\d{2})-(\d{2})-(\d{3})Z/, 'T$1:$2:$3.$4Z'))
  return { at, to, subject, text: rest.join('\n\n').trimEnd() }
}
