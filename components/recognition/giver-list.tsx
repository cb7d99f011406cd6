import { FoldTable } from '@/components/ui/fold-table'
import { Money } from '@/components/ui/money'
import { WovenRule } from './woven-rule'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { GiverKind, GiverRow, Tier } from '@/lib/recognition/model'

interface Props {
  locale: Locale
  kind: GiverKind
  rows: GiverRow[]
  tiers: Tier[]
}

/** Givers, most first, each under the heading whose sum they reached. */
export function GiverList({ locale, kind, rows, tiers }: Props) {
  const t = translator(locale, 'recognition')
  const tierOf = ({ amountVnd }: GiverRow) =>
    Math.max(
      0,
      tiers.findIndex(({ fromVnd }) => amountVnd >= fromVnd),
    )
  const groups = [...Map.groupBy(rows, tierOf)]
  return (
    <>
      {groups.map(([index, own]) => {
        const tier = tiers[index]
        return (
          <div className="tier" key={index}>
            {tier && (
              <>
                <WovenRule id={`${kind}-${index}`} threads={tiers.length - index} />
                <h3>
                  {tier.name} {tier.fromVnd > 0n && <small>{t('list.from', { amount: formatVnd(tier.fromVnd, locale) })}</small>}
                </h3>
              </>
            )}
            <FoldTable
              caption={tier ? `${t(`list.${kind}`)}: ${tier.name}` : t(`list.${kind}`)}
              rows={own}
              rowKey={({ key }) => key}
              columns={[
                {
                  key: 'name',
                  head: t('list.giver'),
                  isRowHead: true,
                  room: 'grow',
                  cell: ({ name, code, gifts, logo }) => (
                    <>
                      {/* The name beside it says what it is. */}
                      {logo && <img className="logo" src={logo.path} alt="" width={logo.width} height={logo.height} loading="lazy" />}
                      {code === null ? name : <a href={localePath(locale, `/theo-doi/${code}`)}>{name}</a>}
                      {gifts > 1 && <span className="small quiet"> · {t('list.giftsOf', { count: gifts })}</span>}
                    </>
                  ),
                },
                {
                  key: 'amount',
                  head: t('list.amount'),
                  isNumber: true,
                  cell: ({ amountVnd }) => <Money vnd={amountVnd} locale={locale} />,
                },
              ]}
            />
          </div>
        )
      })}
    </>
  )
}
