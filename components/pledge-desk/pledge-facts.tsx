import { Facts } from '@/components/ui/facts'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { PledgeDetail } from '@/lib/pledge-desk/model'
import { formatMoment } from '@/lib/time/day'
import { PLEDGE_TAGS } from './pledge-list'

/** What is known of a promise or gift, with how its donor is reached for who may write to them. */
export function PledgeFacts({ locale, pledge }: { locale: Locale; pledge: PledgeDetail }) {
  const t = translator(locale, 'pledge-desk')
  const { code, state, method, amountVnd, name, isNamed, review, campaign, createdAt, expiresAt, contact } = pledge
  const fact = (key: string, term: string, value: string) => ({ key, term, value })
  return (
    <>
      <p>
        <span className={`tag ${PLEDGE_TAGS[state]}`}>{t(`states.${state}`)}</span>{' '}
        <a href={localePath(locale, `/theo-doi/${code}`)}>{t('page')}</a>
      </p>
      <Facts
        facts={[
          fact(
            'amount',
            t('columns.amount'),
            [amountVnd === null ? null : formatVnd(amountVnd, locale), t(`methods.${method}`)].filter(Boolean).join(', '),
          ),
          fact('campaign', t('columns.campaign'), campaign ?? t('generalPot')),
          fact(
            'name',
            t('columns.name'),
            name === null
              ? t('nameless')
              : [name, isNamed ? null : t('hidden'), review && t(`reviews.${review}`)].filter(Boolean).join(', '),
          ),
          fact('at', t('columns.at'), formatMoment(createdAt)),
          ...(state === 'open' || state === 'expired' ? [fact('until', t('until'), formatMoment(expiresAt))] : []),
          ...(contact === null
            ? []
            : [fact('email', t('email'), contact.email ?? t('noEmail')), fact('phone', t('phone'), contact.phone ?? t('noEmail'))]),
        ]}
      />
    </>
  )
}
