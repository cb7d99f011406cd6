import { FoldTable } from '@/components/ui/fold-table'
import { LoggedSum } from '@/components/ui/logged-sum'
import { WeaveKey } from '@/components/weave/woven-bar'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import type { GiftSums } from '@/lib/pledges/model'

/** The parts of a gift of which something went back or waits: they add up to what was received. */
export function GiftParts({ locale, sums, isToReturn }: { locale: Locale; sums: GiftSums; isToReturn: boolean }) {
  const t = translator(locale, 'card')
  const parts = [
    { key: 'standing', kind: 'received', name: t(isToReturn ? 'arrived.waitsReturn' : 'arrived.standing'), amountVnd: sums.standingVnd },
    { key: 'held', kind: 'received', name: t('arrived.heldPart'), amountVnd: sums.heldVnd },
    { key: 'returned', kind: 'missing', name: t('arrived.returnedPart'), amountVnd: sums.returnedVnd },
  ] as const
  return (
    <div className="near2">
      <FoldTable
        caption={t('arrived.parts')}
        rows={parts.filter(({ amountVnd }) => amountVnd > 0n)}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'part',
            head: t('arrived.part'),
            isRowHead: true,
            room: 'grow',
            cell: ({ kind, name }) => (
              <>
                <WeaveKey kind={kind} />
                {name}
              </>
            ),
          },
          { key: 'sum', head: t('arrived.sum'), isNumber: true, cell: ({ amountVnd }) => <b>{formatVnd(amountVnd, locale)}</b> },
        ]}
        total={{ part: t('arrived.total'), sum: <LoggedSum of="received" vnd={sums.totalVnd} locale={locale} /> }}
      />
    </div>
  )
}
