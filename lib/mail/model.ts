/** An e-mail of plain text. */
export interface Mail {
  to: string
  subject: string
  text: string
}

/** One that was written into a folder in place of being sent. */
export interface KeptMail extends Mail {
  at: Date
}

/** How e-mails leave. */
export interface MailSender {
  /** Throws where it was not taken. */
  send: (mail: Mail) => Promise<void>
  /** The newest of those that were only written down, newest first; none where e-mails are really sent. */
  list: () => Promise<KeptMail[]>
}
