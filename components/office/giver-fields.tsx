import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { fieldsOf, type Typed } from './fields'

/** Who hands something in, and what of it is public. */
export function GiverFields({ locale, typed }: { locale: Locale; typed: Typed }) {
  const t = translator(locale, 'office')
  const { field, text, choice } = fieldsOf(locale, typed)
  return (
    <fieldset>
      <legend>{t('form.giver')}</legend>
      <div className="pair">
        {field('name', t('form.name'), text(80), t('form.nameHint'))}
        {field(
          'donorKind',
          t('form.donorKind'),
          choice(
            (['person', 'company'] as const).map((value) => ({ value, label: t(`form.donorKinds.${value}`) })),
            'person',
          ),
        )}
      </div>
      <div className="pair">
        {field(
          'showName',
          t('form.showName'),
          choice(
            [
              { value: 'no', label: t('form.hidden') },
              { value: 'yes', label: t('form.shown') },
            ],
            'no',
          ),
        )}
        {field('taxCode', t('form.taxCode'), text(20))}
      </div>
      <div className="pair">
        {field('email', t('form.email'), text(254, { inputMode: 'email' }), t('form.contactHint'))}
        {field('phone', t('form.phone'), text(20, { inputMode: 'tel' }))}
      </div>
      {field('message', t('form.message'), text(300))}
      {field('note', t('form.note'), text(500), t('form.noteHint'))}
    </fieldset>
  )
}
