import { DeliveryTable } from '@/components/delivery/delivery-table'
import { PaperTable } from '@/components/evidence/paper-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import { FoldTable } from '@/components/ui/fold-table'
import type { DeliveryRow } from '@/lib/delivery/model'
import type { PaperView } from '@/lib/evidence/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { spendPath, type CampaignSpending, type SpendListed } from '@/lib/spending/model'
import { formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  spending: CampaignSpending
  deliveries: DeliveryRow[]
  papers: PaperView[]
  className?: string | undefined
}

/** What became of a campaign's money: each spend with how far it is, and what was handed over. */
export function CampaignRecords({ locale, spending, deliveries, papers, className }: Props) {
  const t = translator(locale, 'spending')
  const ofPapers = translator(locale, 'evidence')
  return (
    <section className={className}>
      <h2 className="head2">{t('records')}</h2>
      {spending.spends.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <FoldTable
          caption={t('spends')}
          rows={spending.spends}
          rowKey={({ key }) => key}
          columns={[
            { key: 'spend', head: t('spend'), isRowHead: true, room: 'wide', cell: (spend) => <Spend locale={locale} spend={spend} /> },
            {
              key: 'amount',
              head: t('amount'),
              isNumber: true,
              fold: t('amount'),
              cell: ({ key, amountVnd }) => (
                <b>
                  <LoggedSum of={`asked ${key}`} vnd={amountVnd} locale={locale} />
                </b>
              ),
            },
            {
              key: 'paid',
              head: t('paid'),
              isNumber: true,
              fold: t('paid'),
              cell: ({ key, paidVnd }) => <LoggedSum of={`paid ${key}`} vnd={paidVnd} locale={locale} />,
            },
            {
              key: 'delivered',
              head: t('delivered'),
              isNumber: true,
              fold: t('delivered'),
              cell: ({ deliveredVnd }) => (deliveredVnd === null ? t('untold.worth') : formatVnd(deliveredVnd, locale)),
            },
          ]}
        />
      )}
      {deliveries.length > 0 && (
        <div className="near2">
          <DeliveryTable locale={locale} deliveries={deliveries} isCommuneTold={false} />
        </div>
      )}
      <h3 className="head3" id="giay-to">
        {ofPapers('papers')}
      </h3>
      {papers.length > 0 ? <PaperTable locale={locale} papers={papers} isMixed /> : <p>{ofPapers('noneOfCampaign')}</p>}
    </section>
  )
}

function Spend({ locale, spend }: { locale: Locale; spend: SpendListed }) {
  const t = translator(locale, 'spending')
  const isOpen = spend.state === 'requested' || spend.state === 'approved' || spend.state === 'paid'
  const day = formatDay(spend.dueOn)
  return (
    <>
      <a href={localePath(locale, spendPath(spend.key))}>{spend.title}</a>
      <span className="sub">
        {t(`state.${spend.state}`)}, {t('from', { supplier: spend.supplier })}
      </span>
      {isOpen && <span className={spend.isOverdue ? 'sub late' : 'sub'}>{t(spend.isOverdue ? 'overdue' : 'due', { day })}</span>}
      {spend.reason !== null && <span className="sub">{spend.reason}</span>}
    </>
  )
}
