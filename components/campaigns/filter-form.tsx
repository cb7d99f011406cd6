import { Field } from '@/components/ui/field'
import {
  CAMPAIGN_SORTS,
  SORT_WORDS,
  STATE_WORDS,
  type CampaignFilter,
  type CampaignParameter,
  type FilterOptions,
} from '@/lib/campaigns/schema'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  filter: CampaignFilter
  options: FilterOptions
}

const STATES = ['open', 'funded', 'delivering', 'complete', 'closed'] as const

/** A plain GET form: what it sends is an address that can be shared. */
export function FilterForm({ locale, filter, options }: Props) {
  const t = translator(locale, 'campaigns')
  const select = (name: CampaignParameter, label: string, chosen: string, choices: { value: string; text: string }[]) => (
    <Field name={name} label={label}>
      {(control) => (
        <select {...control} defaultValue={chosen}>
          {choices.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
  const all = { value: '', text: t('filter.all') }
  return (
    <form className="filters near" role="search" aria-label={t('filter.label')} action={localePath(locale, '/chien-dich')} method="get">
      {select('quy', t('filter.fund'), filter.fund ?? '', [all, ...options.funds.map(({ slug, name }) => ({ value: slug, text: name }))])}
      {select('xa', t('filter.commune'), filter.commune ?? '', [
        all,
        ...options.communes.map(({ slug, name }) => ({ value: slug, text: name })),
      ])}
      {select('loai', t('filter.category'), filter.category ?? '', [
        all,
        ...options.categories.map(({ key, name }) => ({ value: key, text: name })),
      ])}
      {select('trang-thai', t('filter.state'), filter.state ? STATE_WORDS[filter.state] : '', [
        all,
        ...STATES.map((state) => ({ value: STATE_WORDS[state], text: t(`states.${state}`) })),
      ])}
      {select(
        'xep',
        t('filter.sort'),
        SORT_WORDS[filter.sort],
        CAMPAIGN_SORTS.map((sort) => ({ value: SORT_WORDS[sort], text: t(`sorts.${sort}`) })),
      )}
      <button className="act act-3" type="submit">
        {t('filter.submit')}
      </button>
    </form>
  )
}
