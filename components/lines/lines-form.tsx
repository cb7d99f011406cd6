import { Field } from '@/components/ui/field'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import {
  DIRECTION_WORDS,
  isOfLink,
  LINE_CLASSES,
  LONGEST_TYPED,
  SORT_WORDS,
  type LineOptions,
  type LineParameter,
  type ReadLines,
} from '@/lib/public-lines/schema'
import { formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  read: ReadLines
  options: LineOptions
}

interface Choice {
  value: string
  text: string
}

const SORTS = ['newest', 'oldest', 'largest', 'smallest'] as const

/** A plain GET form: what it sends is an address that can be shared. A script (public/js/lines.js) searches while somebody types. */
export function LinesForm({ locale, read, options }: Props) {
  const t = translator(locale, 'lines')
  const { from, to, leastVnd, mostVnd } = read.query
  const wrong = (name: LineParameter) => {
    const error = read.errors[name]
    return error && !isOfLink(error) ? { error: t(`errors.${error}`) } : {}
  }
  const text = (name: LineParameter, label: string, understood: string | undefined) => (
    <Field name={name} label={label} {...wrong(name)}>
      {(control) => <input {...control} type="text" inputMode="numeric" defaultValue={understood ?? read.value(name)} autoComplete="off" />}
    </Field>
  )
  const select = (name: LineParameter, label: string, all: string, groups: { label: string; choices: Choice[] }[]) => (
    <Field name={name} label={label} {...wrong(name)}>
      {(control) => (
        <select {...control} defaultValue={read.value(name)}>
          <option value="">{all}</option>
          {groups.map(({ label: group, choices }) => (
            <optgroup key={group} label={group}>
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value}>
                  {choice.text}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  )
  const plain = (name: LineParameter, label: string, choices: Choice[]) => (
    <Field name={name} label={label} {...wrong(name)}>
      {(control) => (
        <select {...control} defaultValue={read.value(name)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
  // What a line is stands among the links above the result as well.
  const isRefined =
    read.errors.loai !== undefined || (['it-nhat', 'nhieu-nhat', 'noi', 'chieu', 'xep'] as const).some((name) => read.value(name) !== '')
  const named = ({ value, name }: { value: string; name: string }): Choice => ({ value, text: name })
  return (
    <form
      className="lines-form near no-print"
      id="tim-sao-ke"
      role="search"
      aria-label={t('form.label')}
      action={localePath(locale, '/sao-ke')}
      method="get"
      data-failed={t('form.failed')}
    >
      <div className="filters lines-filters">
        <Field name="tim" label={t('form.search')} hint={t('form.searchHint')} className="span" {...wrong('tim')}>
          {(control) => (
            <input
              {...control}
              type="search"
              defaultValue={read.value('tim')}
              maxLength={LONGEST_TYPED}
              autoComplete="off"
              spellCheck={false}
              enterKeyHint="search"
            />
          )}
        </Field>
        {text('tu', t('form.from'), from ? formatDay(from) : undefined)}
        {text('den', t('form.to'), to ? formatDay(to) : undefined)}
        {select(
          'tk',
          t('form.account'),
          t('form.allAccounts'),
          (['fund', 'account', 'channel'] as const).map((group) => ({
            label: t(`form.accountGroups.${group}`),
            choices: options.accounts.filter((one) => one.group === group).map(named),
          })),
        )}
        <button className="act act-3" type="submit">
          {t('form.submit')}
        </button>
      </div>
      <details className="near3" open={isRefined}>
        <summary>{t('form.more')}</summary>
        <div className="filters lines-more near3">
          {select(
            'noi',
            t('form.place'),
            t('form.allPlaces'),
            (['campaign', 'commune'] as const).map((group) => ({
              label: t(`form.placeGroups.${group}`),
              choices: options.places.filter((one) => one.group === group).map(named),
            })),
          )}
          {select(
            'loai',
            t('form.class'),
            t('form.allClasses'),
            (['in', 'out', 'moves', 'other'] as const).map((group) => ({
              label: t(`form.classGroups.${group}`),
              choices: LINE_CLASSES.filter((one) => one.group === group).map(({ word, is }) => ({ value: word, text: t(`classes.${is}`) })),
            })),
          )}
          {plain('chieu', t('form.direction'), [
            { value: '', text: t('form.directions.all') },
            ...(['in', 'out'] as const).map((way) => ({ value: DIRECTION_WORDS[way], text: t(`form.directions.${way}`) })),
          ])}
          {plain(
            'xep',
            t('form.sort'),
            SORTS.map((sort) => ({ value: sort === 'newest' ? '' : SORT_WORDS[sort], text: t(`form.sorts.${sort}`) })),
          )}
          {text('it-nhat', t('form.least'), leastVnd === null ? undefined : formatCount(leastVnd, locale))}
          {text('nhieu-nhat', t('form.most'), mostVnd === null ? undefined : formatCount(mostVnd, locale))}
        </div>
      </details>
    </form>
  )
}
