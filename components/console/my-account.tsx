import { Facts } from '@/components/ui/facts'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { HeldRole, Staff } from '@/lib/staff/model'

/** Address, roles and second factor of who is signed in, and the ways out. */
export function MyAccount({ locale, staff }: { locale: Locale; staff: Staff }) {
  const t = translator(locale, 'console')
  const nameOf = ({ role, fundId }: HeldRole) => {
    const fund = staff.funds.find(({ id }) => id === fundId)
    return fund ? t('me.at', { role: t(`roles.${role}`), fund: fund.place }) : t(`roles.${role}`)
  }
  return (
    <>
      <Facts
        facts={[
          { key: 'name', term: t('people.name'), value: staff.name },
          { key: 'email', term: t('me.email'), value: staff.email },
          { key: 'roles', term: t('me.roles'), value: staff.roles.map(nameOf).join('; ') || t('me.none') },
          { key: 'factor', term: t('me.factor'), value: t(staff.hasFactor ? 'me.factorOn' : 'me.factorOff') },
        ]}
      />
      <p>
        <a href={localePath(locale, '/quan-tri/xac-thuc/moi?tiep=/quan-tri/toi')}>
          {t(staff.hasFactor ? 'me.factorChange' : 'me.factorSet')}
        </a>
      </p>
      {staff.funds.length > 0 && (
        <ul>
          {staff.funds.map((fund) => (
            <li key={fund.id}>
              <a href={localePath(locale, consolePath(fund.slug))}>{fund.name}</a>
            </li>
          ))}
        </ul>
      )}
      <form method="post" action={localePath(locale, '/quan-tri/toi/ra')} className="acts-row">
        <button className="act act-3" name="o" value="day">
          {t('me.out')}
        </button>
        <button className="act act-2" name="o" value="moi-may">
          {t('me.outEverywhere')}
        </button>
      </form>
    </>
  )
}
