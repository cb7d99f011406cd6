import { and, eq, isNull, lte, notInArray } from 'drizzle-orm'
import { funds, staffMembers, staffRoles } from '../../db/schema'
import type { ServerContext } from '../context'
import { localePath, pick } from '../i18n/locale'
import { translator } from '../i18n/translator'
import { describeError, log } from '../log'
import { dayOf, formatDay } from '../time/day'
import type { Role } from './model'

/** What is told of an appointment. */
export interface AppointmentNews {
  fundId: number
  staffId: string
  role: Role
  /** Null while another director has to confirm it. */
  effectiveFrom: Date | null
  /** Who appointed; they know. */
  by: string
}

/**
 * Tells the person who was appointed, and every other director of the fund: so that whoever would stop an appointment
 * hears of it without looking. What can't be sent is logged; the appointment stands all the same.
 */
export async function tellAppointment(context: ServerContext, news: AppointmentNews): Promise<void> {
  try {
    await tellEach(context, news)
  } catch (error) {
    log.error({ event: 'appointment_mail_failed', error: describeError(error) })
  }
}

async function tellEach(context: ServerContext, news: AppointmentNews): Promise<void> {
  const { fundId, staffId, role, effectiveFrom, by } = news
  const [fund] = await context.db.select().from(funds).where(eq(funds.id, fundId))
  const [appointed] = await context.db.select().from(staffMembers).where(eq(staffMembers.id, staffId))
  if (!fund || !appointed) return
  const directors = await context.db
    .selectDistinct({ email: staffMembers.email, name: staffMembers.name, locale: staffMembers.locale })
    .from(staffRoles)
    .innerJoin(staffMembers, eq(staffMembers.id, staffRoles.staffId))
    .where(
      and(
        ...[eq(staffRoles.fundId, fundId), eq(staffRoles.role, 'director'), isNull(staffRoles.endedAt)],
        ...[lte(staffRoles.effectiveFrom, context.now()), notInArray(staffRoles.staffId, [by, staffId])],
      ),
    )
  for (const person of [{ ...appointed, kind: 'appointed' as const }, ...directors.map((one) => ({ ...one, kind: 'director' as const }))]) {
    if (person.email === null) continue
    const t = translator(person.locale, 'console')
    const when =
      effectiveFrom === null
        ? t('mail.appointment.waiting')
        : effectiveFrom > context.now()
          ? t('mail.appointment.from', { day: formatDay(dayOf(effectiveFrom)) })
          : t('mail.appointment.now')
    const words = {
      ...{ name: person.name ?? '', who: appointed.name ?? '', role: t(`roles.${role}`), when },
      ...{ fund: pick(person.locale, fund.nameVi, fund.nameEn), link: `${context.origin}${localePath(person.locale, '/quan-tri')}` },
    }
    const mail = { to: person.email, subject: t('mail.appointment.subject', words), text: t(`mail.appointment.${person.kind}`, words) }
    await context.mail.send(mail).catch((error: unknown) => {
      log.error({ event: 'appointment_mail_failed', error: describeError(error) })
    })
  }
}
