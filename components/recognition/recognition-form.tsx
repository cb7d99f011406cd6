import { Field } from '@/components/ui/field'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { LIST_WORDS, LONGEST_NAME, type PlaceOption, type RecognitionFilter } from '@/lib/recognition/schema'

interface Props {
  locale: Locale
  filter: RecognitionFilter
  years: number[]
  places: PlaceOption[]
}

const GROUPS = ['fund', 'category', 'commune'] as const

/** A plain GET form: what it sends is an address that can be shared. */
export function RecognitionForm({ locale, filter, years, places }: Props) {
  const t = translator(locale, 'recognition')
  return (
    <form
      className="filters thanks-filters near"
      role="search"
      aria-label={t('filter.label')}
      action={localePath(locale, '/ghi-nhan')}
      method="get"
    >
      {filter.list && <input type="hidden" name="loai" value={LIST_WORDS[filter.list]} />}
      <Field name="nam" label={t('filter.year')}>
        {(control) => (
          <select {...control} defaultValue={filter.year ?? ''}>
            <option value="">{t('filter.allYears')}</option>
            {years.map((year) => (
              <option key={year} value={year}>
                {year}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field name="noi" label={t('filter.place')}>
        {(control) => (
          <select {...control} defaultValue={filter.place?.value ?? ''}>
            <option value="">{t('filter.everything')}</option>
            {GROUPS.map((group) => (
              <optgroup key={group} label={t(`filter.${group}`)}>
                {places
                  .filter((place) => place.group === group)
                  .map(({ value, name }) => (
                    <option key={value} value={value}>
                      {name}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
      <Field name="ten" label={t('filter.name')}>
        {(control) => <input {...control} type="search" defaultValue={filter.name} maxLength={LONGEST_NAME} autoComplete="off" />}
      </Field>
      <button className="act act-3" type="submit">
        {t('filter.submit')}
      </button>
    </form>
  )
}
