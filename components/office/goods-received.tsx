import { Field } from '@/components/ui/field'
import { GOODS_REVERSALS, type GoodsGift } from '@/lib/goods/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { dayOf, formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  gift: GoodsGift
  /** Where a receipt is taken back. */
  action: string
  /** Whether who looks may take one back. */
  mayTakeBack: boolean
  /** @returns a key for one form */
  newKey: () => string
}

/** What came for a gift, with the way to take back what was written down wrongly; and what was taken back. Nothing while nothing came. */
export function GoodsReceived({ locale, gift, action, mayTakeBack, newKey }: Props) {
  const t = translator(locale, 'office')
  const because = translator(locale, 'goods')
  const counted = (units: bigint) => formatCount(units, locale)
  if (gift.visits.length + gift.takenBack.length === 0) return null
  return (
    <ul className="waiting">
      {gift.visits.flatMap(({ receivedOn, goods }) =>
        goods.map(({ key, units, unit, item }) => {
          const name = t('goods.received', { day: formatDay(receivedOn), units: counted(units), unit, item })
          return (
            <li key={key}>
              {name}
              {mayTakeBack && <TakeBack {...{ locale, action, receipt: key, name, formKey: newKey() }} />}
            </li>
          )
        }),
      )}
      {gift.takenBack.map(({ key, takenBackAt, receivedOn, units, unit, item, reason }) => (
        <li key={key} className="quiet">
          {t('goods.takenBack', {
            ...{ day: formatDay(dayOf(takenBackAt)), receivedOn: formatDay(receivedOn), units: counted(units), unit, item },
            reason: because(`reversals.${reason}`),
          })}
        </li>
      ))}
    </ul>
  )
}

function TakeBack({
  locale,
  action,
  receipt,
  name,
  formKey,
}: {
  locale: Locale
  action: string
  receipt: string
  name: string
  formKey: string
}) {
  const t = translator(locale, 'office')
  const because = translator(locale, 'goods')
  return (
    <details>
      <summary>
        {t('goods.takeBack.title')}
        <span className="vh">: {name}</span>
      </summary>
      <form method="post" action={action} className="stack">
        <input type="hidden" name="key" value={formKey} />
        <input type="hidden" name="receipt" value={receipt} />
        <p className="small">{t('goods.takeBack.lead')}</p>
        <Field name="ly-do" id={`ly-do-${receipt}`} label={t('goods.reason')}>
          {(control) => (
            <select {...control}>
              {GOODS_REVERSALS.map((reason) => (
                <option key={reason} value={reason}>
                  {because(`reversals.${reason}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button className="act act-2 act-row" name="viec" value="take_back">
          {t('goods.takeBack.go')}
          <span className="vh">: {name}</span>
        </button>
      </form>
    </details>
  )
}
