import { eq } from 'drizzle-orm'
import { disclosures, funds, pledgeContacts, pledgeLetters, pledges } from '../../db/schema'
import type { ServerContext } from '../context'
import { localePath, pick } from '../i18n/locale'
import { translator } from '../i18n/translator'
import { describeError, log } from '../log'
import type { Mail } from '../mail/model'
import { formatVnd } from '../money/vnd'
import { ok, refuse, type Result } from '../result'
import { formatMoment } from '../time/day'
import type { LetterKind } from './model'

const LONGEST_WORDS = 1_500

/** A letter that is written down, and whether it left before. */
export interface WrittenLetter {
  letterId: bigint
  mail: Mail
  isSent: boolean
}

/**
 * Writes a letter to a donor: a template in the donor's language and, beside it, words of the person who writes. It is
 * written down before it is sent, so that no letter leaves which nobody knows of. The same form again is the same letter.
 * Refuses: a pledge without an e-mail address; free words that are missing or too long; a form that wrote something else.
 */
export async function writeLetter(
  { db, now, origin }: ServerContext,
  wish: { code: string; kind: LetterKind; words: string; formKey: string; by: string },
): Promise<Result<WrittenLetter, 'not_found' | 'no_email' | 'no_words' | 'too_long' | 'form_used'>> {
  const words = wish.words.normalize('NFC').replaceAll('\r\n', '\n').trim()
  if (wish.kind === 'free' && words === '') return refuse('no_words')
  if ([...words].length > LONGEST_WORDS) return refuse('too_long')
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ pledge: pledges, email: pledgeContacts.email, nameVi: funds.nameVi, nameEn: funds.nameEn })
      .from(pledges)
      .innerJoin(funds, eq(funds.id, pledges.fundId))
      .leftJoin(pledgeContacts, eq(pledgeContacts.pledgeId, pledges.id))
      .where(eq(pledges.code, wish.code))
      .for('update', { of: pledges })
    if (!row) return refuse('not_found')
    const { pledge, email } = row
    if (email === null) return refuse('no_email')
    const [known] = await tx.select().from(pledgeLetters).where(eq(pledgeLetters.formKey, wish.formKey))
    if (known && (known.pledgeId !== pledge.id || known.template !== wish.kind || (known.words ?? '') !== words)) return refuse('form_used')
    const texts = await tx.select().from(disclosures).where(eq(disclosures.pledgeId, pledge.id))
    const t = translator(pledge.locale, 'pledge-desk')
    const facts = {
      ...{ code: pledge.code, fund: pick(pledge.locale, row.nameVi, row.nameEn), words: words === '' ? '' : `${words}\n\n` },
      name: texts.find(({ field }) => field === 'name')?.text ?? t('mail.friend'),
      amount: pledge.amountVnd === null ? t('mail.goods') : formatVnd(pledge.amountVnd, pledge.locale),
      ...{ until: formatMoment(pledge.expiresAt), link: `${origin}${localePath(pledge.locale, `/theo-doi/${pledge.code}`)}` },
    }
    const mail = { to: email, subject: t('mail.subject', facts), text: t(`mail.${wish.kind}`, facts) }
    if (known) return ok({ letterId: known.id, mail, isSent: known.sentAt !== null })
    const [made] = await tx
      .insert(pledgeLetters)
      .values({
        ...{ pledgeId: pledge.id, template: wish.kind, words: words === '' ? null : words },
        ...{ formKey: wish.formKey, writtenBy: wish.by, writtenAt: now() },
      })
      .returning({ id: pledgeLetters.id })
    if (!made) throw new Error('a letter was not written')
    return ok({ letterId: made.id, mail, isSent: false })
  })
}

/** Sends a letter that was written down. @returns whether the mail server took it; one that left before is not sent again */
export async function sendLetter({ db, now, mail: sender }: ServerContext, { letterId, mail, isSent }: WrittenLetter): Promise<boolean> {
  if (isSent) return true
  try {
    await sender.send(mail)
  } catch (error) {
    log.error({ event: 'letter_failed', error: describeError(error) })
    return false
  }
  await db.update(pledgeLetters).set({ sentAt: now() }).where(eq(pledgeLetters.id, letterId))
  return true
}
