import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { SampleStaffRow } from '@/lib/staff/model'

/** Sample data only: one button for each of its people. */
export function SampleSignIn({ locale, goOn, people }: { locale: Locale; goOn: string; people: SampleStaffRow[] }) {
  const t = translator(locale, 'console')
  return (
    <section className="pane" aria-labelledby="mau">
      <h2 id="mau">{t('sample.title')}</h2>
      <p>{t('sample.lead')}</p>
      <form method="post" action={localePath(locale, '/quan-tri/dang-nhap/mau')}>
        <input type="hidden" name="tiep" value={goOn} />
        <ul>
          {people.map(({ id, name, role, places }) => (
            <li key={id} className="line-form">
              <button className="act act-2" name="ai" value={id}>
                {t('sample.as', { role: t(`roles.${role}`) })}
              </button>
              <span>{[name, places.join(', ')].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </ul>
      </form>
      <p>
        <a href={localePath(locale, '/quan-tri/thu-mau')}>{t('sample.mails')}</a>
      </p>
    </section>
  )
}
