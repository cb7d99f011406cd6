import { Field } from '@/components/ui/field'
import type { OfferedLine } from '@/lib/goods/model'
import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { TakingCampaign } from '@/lib/office/model'
import type { Typed } from './fields'
import { GiverFields } from './giver-fields'
import { GoodsCount } from './goods-count'

interface Props {
  locale: Locale
  /** The page itself, which finds what a campaign asks for. */
  path: string
  action: string
  campaigns: TakingCampaign[]
  /** The campaign that is given to, and what it asks for; null until one is chosen. */
  chosen: { slug: string; lines: OfferedLine[] } | null
  formKey: string
  today: string
  typed: Typed
}

/** Takes goods that somebody brings without having promised them: the campaign first, then what came and who gives. */
export function WalkInForm({ locale, path, action, campaigns, chosen, formKey, today, typed }: Props) {
  const t = translator(locale, 'office')
  return (
    <>
      <form action={path} className="line-form">
        <Field name="chien-dich" label={t('form.campaign')}>
          {(control) => (
            <select {...control} defaultValue={chosen?.slug}>
              {campaigns.map(({ slug, title, commune }) => (
                <option key={slug} value={slug}>
                  {title}, {commune}
                </option>
              ))}
            </select>
          )}
        </Field>
        <button className="act act-2">{t('goods.choose')}</button>
      </form>
      {chosen && (
        <form method="post" action={action} className="stack column" noValidate>
          <input type="hidden" name="formKey" value={typed?.fields['formKey'] ?? formKey} />
          <input type="hidden" name="campaign" value={chosen.slug} />
          <Field name="nature" label={t('goods.nature')}>
            {(control) => (
              <select {...control} defaultValue={typed?.fields['nature'] ?? 'goods'}>
                {(['goods', 'service'] as const).map((nature) => (
                  <option key={nature} value={nature}>
                    {t(`goods.natures.${nature}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <GoodsCount {...{ locale, lines: chosen.lines, today, typed }} nature="goods" />
          <GiverFields locale={locale} typed={typed} />
          <p>
            <button className="act act-3">{t('goods.go')}</button>
          </p>
        </form>
      )}
    </>
  )
}
