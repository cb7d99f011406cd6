import { Facts } from '@/components/ui/facts'
import { Money } from '@/components/ui/money'
import { Timeline } from '@/components/ui/timeline'
import type { CampaignDesk } from '@/lib/campaigns/model'
import { localePath, pick, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatDay, formatMoment } from '@/lib/time/day'
import { stateTag, stateText, stepName } from './texts'

interface Props {
  locale: Locale
  campaign: CampaignDesk
  /** Names of people by their ids. */
  names: ReadonlyMap<string, string>
}

/** Where a campaign stands, in figures. */
export function CampaignFacts({ locale, campaign, names }: Props) {
  const t = translator(locale, 'campaign-desk')
  const nameOf = (id: string) => names.get(id) ?? id
  const { goalVnd, receivedVnd, neededBy, opensAt, handedInBy, approvedBy, formerSlugs, beyond } = campaign
  return (
    <Facts
      facts={[
        {
          key: 'state',
          term: t('columns.state'),
          value: <span className={`tag ${stateTag(campaign)}`}>{stateText(locale, campaign)}</span>,
        },
        { key: 'goal', term: t('page.goal'), value: <Money vnd={goalVnd ?? 0n} locale={locale} /> },
        { key: 'received', term: t('page.received'), value: <Money vnd={receivedVnd} locale={locale} /> },
        ...(neededBy === null ? [] : [{ key: 'by', term: t('page.neededBy'), value: formatDay(neededBy) }]),
        ...(opensAt === null ? [] : [{ key: 'opens', term: t('page.opens'), value: formatMoment(opensAt) }]),
        ...(handedInBy === null ? [] : [{ key: 'in', term: t('page.handedIn'), value: nameOf(handedInBy) }]),
        ...(approvedBy === null ? [] : [{ key: 'ok', term: t('page.approved'), value: nameOf(approvedBy) }]),
        ...(beyond === null
          ? []
          : [
              {
                key: 'beyond',
                term: t('page.beyond'),
                value: <span className="small">{t('page.beyondBy', { reason: beyond.reason, name: nameOf(beyond.by) })}</span>,
              },
            ]),
        ...(formerSlugs.length === 0
          ? []
          : [{ key: 'former', term: t('page.formerSlugs'), value: <span className="memo">{formerSlugs.join(', ')}</span> }]),
        {
          key: 'public',
          term: t('page.public'),
          value: <a href={localePath(locale, `/chien-dich/${campaign.slug}`)}>{campaign.slug}</a>,
        },
      ]}
    />
  )
}

/** All that was done to a campaign, newest first. */
export function CampaignHistory({ locale, campaign, names }: Props) {
  const t = translator(locale, 'campaign-desk')
  const who = (id: string) => (id === 'calendar' ? t('page.calendar') : id === 'sequencer' ? t('page.sequencer') : (names.get(id) ?? id))
  return (
    <section aria-labelledby="da-qua">
      <h2 id="da-qua">{t('page.history')}</h2>
      <Timeline
        knots={campaign.steps.map(({ key, kind, by, reasonVi, reasonEn, facts, happenedAt }) => {
          const reason = pick(locale, reasonVi ?? '', reasonEn ?? '')
          const moved = facts['amountVnd']
          return {
            key,
            when: formatMoment(happenedAt),
            what: (
              <>
                <p>
                  <b>{stepName(locale, kind)}</b>, {who(by)}
                </p>
                {reason !== '' && <p className="small">{reason}</p>}
                {typeof moved === 'string' && <p className="small so">{formatVnd(BigInt(moved), locale)}</p>}
                {kind === 'extended' && (
                  <p className="small">
                    {formatDay(String(facts['from']))} → {formatDay(String(facts['to']))}
                  </p>
                )}
                {kind === 'renamed' && <p className="memo">{`${facts['from']} → ${facts['to']}`}</p>}
              </>
            ),
          }
        })}
      />
    </section>
  )
}
