import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { SpendList, SpendParts } from '@/components/spend-desk/spend-list'
import { spendNotice, spendProblem } from '@/components/spend-desk/text'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listSpends } from '@/lib/spend-desk/queries'
import { PART_WORDS, SPEND_PARTS } from '@/lib/spend-desk/model'
import { communesOf, isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { dayOf } from '@/lib/time/day'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'spend-desk')('title') } : {}
}

/** Spends of a fund: what waits for a second person, what is on its way, and all. */
export default async function SpendsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/chi', 'spends.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const asked = await props.searchParams
  const word = oneOf(asked['phan'])
  const part = SPEND_PARTS.find((one) => PART_WORDS[one] === word) ?? 'waiting'
  const before = oneOf(asked['sau'])
  const { rows, nextId } = await listSpends(
    context,
    fund.id,
    {
      part,
      beforeId: before && /^\d{1,15}$/.test(before) ? BigInt(before) : null,
      reader: { staffId: staff.id, communeIds: communesOf(staff.roles, 'spends.read', fund.id) },
    },
    locale,
  )
  const names = await staffNames(
    context,
    rows.map(({ requestedBy }) => requestedBy),
  )
  const t = translator(locale, 'spend-desk')
  const path = (within: string) => localePath(locale, consolePath(fund.slug, within))
  const notice = spendNotice(locale, oneOf(asked['xong']))
  const problem = spendProblem(locale, oneOf(asked['loi']), null)
  return (
    <ConsoleShell
      {...shell}
      room="spends"
      takes={[{ table: 'spends', fields: { phan: PART_WORDS[part] } }, { table: 'payments' }]}
      title={t('title')}
      beside={<SpendParts locale={locale} fundSlug={fund.slug} part={part} />}
      notice={notice}
      problem={problem}
    >
      <p className="lead-line">{t('lead')}</p>
      <p>
        {isAllowed(staff.roles, 'spends.request', { fundId: fund.id }) && (
          <a className="act act-2" href={path('/chi/moi')}>
            {t('new')}
          </a>
        )}{' '}
        <a href={path('/chi/du-toan')}>{t('changes')}</a>
      </p>
      <SpendList locale={locale} fundSlug={fund.slug} rows={rows} names={names} today={dayOf(context.now())} />
      {nextId !== null && (
        <p>
          <a href={path(`/chi?phan=${PART_WORDS.all}&sau=${nextId}`)} rel="next">
            {t('next')}
          </a>
        </p>
      )}
    </ConsoleShell>
  )
}
