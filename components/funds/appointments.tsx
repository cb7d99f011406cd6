import { Facts } from '@/components/ui/facts'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { PublicAppointment } from '@/lib/staff/model'
import { dayOf, formatDay } from '@/lib/time/day'

/** Who is about to be trusted with the money, by office and day and never by name; nothing where nobody is. */
export function Appointments({ locale, appointments }: { locale: Locale; appointments: PublicAppointment[] }) {
  const t = translator(locale, 'funds')
  if (appointments.length === 0) return null
  return (
    <section className="sec" aria-labelledby="chi-dinh">
      <h2 className="head2" id="chi-dinh">
        {t('page.appointments')}
      </h2>
      <p className="quiet">{t('page.appointmentsLead')}</p>
      <div className="near2">
        <Facts
          facts={appointments.map(({ role, appointedAt, effectiveFrom }, index) => ({
            key: String(index),
            term: t(role === 'director' ? 'page.role.director' : 'page.role.accountant'),
            value: `${t('page.appointedOn', { day: formatDay(dayOf(appointedAt)) })}, ${
              effectiveFrom ? t('page.takesEffect', { day: formatDay(dayOf(effectiveFrom)) }) : t('page.waitsForSecond')
            }`,
          }))}
        />
      </div>
    </section>
  )
}
