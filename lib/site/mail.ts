import { join } from 'node:path'
import type { Env } from '../env'
import { openMailFolder } from '../mail/folder'
import type { MailSender } from '../mail/model'
import { openSmtp } from '../mail/smtp'

/** How this installation sends e-mails: by the server that the settings name, or into a folder beside its database. */
export const openMail = (env: Env): MailSender =>
  env.SMTP_URL ? openSmtp(env.SMTP_URL, env.MAIL_FROM) : openMailFolder(join(env.DATA_DIR, 'mail'), () => new Date())
