import { Field } from '@/components/ui/field'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatVnd } from '@/lib/money/vnd'
import { formatMoment } from '@/lib/time/day'
import type { UnreadItem } from '@/lib/unread/model'
import { deskRefusal } from './desk-text'

interface Props {
  locale: Locale
  item: UnreadItem
  action: string
  formKey: string
  typed: { fields: Record<string, string>; errors: Record<string, string> } | null
  mayDecide: boolean
}

const SAYINGS = {
  notice: ['no_money', 'not_ours', 'wait'],
  movement: ['fee', 'no_change', 'wait'],
  line: ['not_ours', 'keep_unplaced'],
} as const

/** One of them: what it says, and what can be said of it. */
export function UnreadPane({ locale, item, action, formKey, typed, mayDecide }: Props) {
  const t = translator(locale, 'unread')
  const { of, why, facts, earlier, amountVnd } = item
  return (
    <aside className="pane" aria-labelledby="muc">
      <h2 id="muc">{t(`why.${why}`)}</h2>
      <p>{t(`about.${why}`)}</p>
      <dl className="facts">
        <div>
          <dt>{t('when')}</dt>
          <dd>{formatMoment(item.at)}</dd>
        </div>
        {amountVnd !== null && (
          <div>
            <dt>{t('amount')}</dt>
            <dd>
              <b>{formatVnd(amountVnd, locale)}</b>
            </dd>
          </div>
        )}
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{isKnown(name) ? t(`facts.${name}`) : name}</dt>
            <dd className="memo">{value}</dd>
          </div>
        ))}
      </dl>
      {earlier !== null && (
        <p>
          {t('earlier', { id: earlier.id, amount: formatVnd(earlier.amountVnd, locale) })}{' '}
          <span className="memo">
            {formatMoment(earlier.transactedAt)}: {earlier.memo}
          </span>
        </p>
      )}
      {mayDecide && (
        <form method="post" action={action} className="stack">
          <input type="hidden" name="key" value={formKey} />
          <input type="hidden" name="muc" value={item.key} />
          <input type="hidden" name="thay" value={item.seen} />
          <Reason locale={locale} typed={typed} />
          <div className="acts-row">
            {item.isAccountOurs && (
              <button className="act act-3" name="la" value="ours">
                {t('say.ours')}
              </button>
            )}
            {SAYINGS[of].map((kind) => (
              <button key={kind} className="act act-2" name="la" value={kind}>
                {t(`say.${kind}`)}
              </button>
            ))}
          </div>
          {of === 'notice' && <Told locale={locale} item={item} typed={typed} />}
        </form>
      )}
    </aside>
  )
}

const isKnown = (name: string): name is 'account' | 'memo' | 'reference' | 'id' | 'source' =>
  ['account', 'memo', 'reference', 'id', 'source'].includes(name)

function Reason({ locale, typed }: Pick<Props, 'locale' | 'typed'>) {
  const t = translator(locale, 'unread')
  const error = typed?.errors['vi-sao']
  return (
    <Field name="vi-sao" label={t('reason')} hint={t('reasonHint')} error={error ? deskRefusal(locale, error) : null}>
      {(control) => <input {...control} type="text" maxLength={300} defaultValue={typed?.fields['vi-sao']} />}
    </Field>
  )
}

/** It tells of a line that is known already. */
function Told({ locale, item, typed }: Pick<Props, 'locale' | 'item' | 'typed'>) {
  const t = translator(locale, 'unread')
  const error = typed?.errors['so-told']
  return (
    <div className="line-form">
      <Field name="so-told" label={t('lineNumber')} hint={t('lineNumberHint')} error={error ? deskRefusal(locale, error) : null}>
        {(control) => (
          <input {...control} type="text" inputMode="numeric" maxLength={18} defaultValue={typed?.fields['so-told'] ?? item.earlier?.id} />
        )}
      </Field>
      <button className="act act-2" name="la" value="told">
        {t('say.told')}
      </button>
    </div>
  )
}
