/** Why the log is not signed: until a person sees to it, nothing is, and nothing gets a place in public order. */
export type LogRefusal =
  /** The database has fewer entries than were published: it is an older backup. */
  | 'behind'
  /** What it has differs from what was published. */
  | 'forked'
  /** A checkpoint that is kept is not the log's. */
  | 'not_ours'
  | 'key_missing'
  | 'key_unknown'

/** The message is for whoever runs the site, and holds no secret. */
export class LogRefused extends Error {
  constructor(
    readonly refusal: LogRefusal,
    message: string,
  ) {
    super(message)
  }
}
