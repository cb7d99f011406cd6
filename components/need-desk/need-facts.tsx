import { StepForm } from '@/components/campaign-desk/step-form'
import { Facts } from '@/components/ui/facts'
import { Money } from '@/components/ui/money'
import { Timeline } from '@/components/ui/timeline'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount, formatVnd } from '@/lib/money/vnd'
import type { NeedDesk, NeedStepView } from '@/lib/needs/model'
import { PRIORITIES } from '@/lib/needs/schema'
import { formatDay, formatMoment } from '@/lib/time/day'
import { needTag, sourceName } from './texts'

interface Props {
  locale: Locale
  fundSlug: string
  need: NeedDesk
  names: ReadonlyMap<string, string>
  formKey: string
  may: { report: boolean; cover: boolean }
}

/** What a need says, who else meets it, and what proves it. */
export function NeedFacts({ locale, fundSlug, need, names, formKey, may }: Props) {
  const t = translator(locale, 'need-desk')
  const own = (path: string) => localePath(locale, consolePath(fundSlug, `/nhu-cau/${need.needId}${path}`))
  const nameOf = (id: string) => names.get(id) ?? id
  return (
    <>
      <Facts
        facts={[
          { key: 'state', term: t('list.state'), value: <span className={`tag ${needTag(need.state)}`}>{t(`states.${need.state}`)}</span> },
          { key: 'children', term: t('list.children'), value: formatCount(need.children, locale) },
          { key: 'quantity', term: t('list.quantity'), value: `${formatCount(need.quantity, locale)} ${need.unit}` },
          { key: 'amount', term: t('list.amount'), value: <Money vnd={need.amountVnd} locale={locale} /> },
          { key: 'uncovered', term: t('page.uncovered'), value: <Money vnd={need.uncoveredVnd} locale={locale} /> },
          { key: 'priority', term: t('list.priority'), value: t(`priorities.${need.priority}`) },
          { key: 'reported', term: t('page.reportedOn'), value: formatDay(need.reportedOn) },
          ...(need.note === '' ? [] : [{ key: 'note', term: t('page.note'), value: <span className="small">{need.note}</span> }]),
          ...(need.mergedIntoId === null
            ? []
            : [
                {
                  key: 'into',
                  term: t('page.mergedInto'),
                  value: <a href={localePath(locale, consolePath(fundSlug, `/nhu-cau/${need.mergedIntoId}`))}>{need.mergedIntoId}</a>,
                },
              ]),
        ]}
      />
      <section aria-labelledby="noi-khac">
        <h2 id="noi-khac">{t('page.coverages')}</h2>
        {need.coverages.length === 0 && <p>{t('page.coveragesNone')}</p>}
        <ul>
          {need.coverages.map(({ id, source, name, quantity, amountVnd }) => (
            <li key={id}>
              {name} ({sourceName(locale, source)}): {formatCount(quantity, locale)} {need.unit}, <Money vnd={amountVnd} locale={locale} />
              {may.cover && (
                <details>
                  <summary>{t('acts.drop')}</summary>
                  <StepForm
                    action={own('/doi/gui')}
                    version={need.version}
                    formKey={`${formKey}-${id}`}
                    deed="bo-nguon"
                    button={t('acts.drop')}
                    isGrave
                  >
                    <input type="hidden" name="coverage" value={id} />
                    <label>
                      {t('acts.reason')} <input type="text" name="reason" maxLength={500} />
                    </label>
                  </StepForm>
                </details>
              )}
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="giay-to">
        <h2 id="giay-to">{t('page.papers')}</h2>
        {need.papers.length === 0 && <p>{t('page.papersNone')}</p>}
        <ul>
          {need.papers.map(({ id, addedBy, addedAt }, index) => (
            <li key={id}>
              <a href={own(`/giay/${id}`)}>
                {t('page.paper', { number: index + 1, moment: formatMoment(addedAt), name: nameOf(addedBy) })}
              </a>
            </li>
          ))}
        </ul>
        {may.report && (
          <form method="post" action={own('/giay/them/gui')} encType="multipart/form-data" className="line-form">
            <input type="hidden" name="key" value={`${formKey}-giay`} />
            <div className="field">
              <label htmlFor="tep">{t('page.addPaper')}</label>
              <input id="tep" type="file" name="tep" accept="application/pdf,image/jpeg,image/png,image/webp" />
            </div>
            <button className="act act-2">{t('page.upload')}</button>
          </form>
        )}
      </section>
      <section aria-labelledby="chien-dich">
        <h2 id="chien-dich">{t('page.campaigns')}</h2>
        {need.campaigns.length === 0 && <p>{t('page.campaignsNone')}</p>}
        <ul>
          {need.campaigns.map(({ campaignId, title, goalVnd }) => (
            <li key={campaignId}>
              <a href={localePath(locale, consolePath(fundSlug, `/chien-dich/${campaignId}`))}>{title}</a>,{' '}
              <Money vnd={goalVnd} locale={locale} />
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** Each step of a need: who, when, why, and what changed. */
export function NeedHistory({ locale, need, names }: Pick<Props, 'locale' | 'need' | 'names'>) {
  const t = translator(locale, 'need-desk')
  return (
    <section aria-labelledby="da-qua">
      <h2 id="da-qua">{t('page.history')}</h2>
      <Timeline
        knots={need.steps.map((step) => ({
          key: step.key,
          when: formatMoment(step.happenedAt),
          what: (
            <>
              <p>
                <b>{t(`kinds.${step.kind}`)}</b>, {names.get(step.by) ?? step.by}
              </p>
              {step.reason !== null && <p className="small">{step.reason}</p>}
              {changed(step, locale).map((line) => (
                <p key={line} className="small">
                  {line}
                </p>
              ))}
            </>
          ),
        }))}
      />
    </section>
  )
}

/** Figures that a step may change, in the order in which they are told. */
const FIGURES = [
  { name: 'children', text: 'list.children' },
  { name: 'quantity', text: 'list.quantity' },
  { name: 'amountVnd', text: 'list.amount' },
  { name: 'priority', text: 'list.priority' },
  { name: 'note', text: 'page.note' },
  { name: 'source', text: 'acts.source' },
  { name: 'nameVi', text: 'acts.nameVi' },
  { name: 'into', text: 'page.mergedInto' },
] as const

/** What a step changed, a line for each figure: "Trẻ em: 100 → 90". */
function changed({ before, after }: NeedStepView, locale: Locale): string[] {
  const t = translator(locale, 'need-desk')
  const said = (name: string, value: string | number | null | undefined): string => {
    if (value === undefined || value === null || value === '') return '–'
    if (name === 'amountVnd') return formatVnd(BigInt(value), locale)
    const priority = name === 'priority' && PRIORITIES.find((one) => one === value)
    if (priority) return t(`priorities.${priority}`)
    return name === 'source' ? sourceName(locale, String(value)) : String(value)
  }
  return FIGURES.filter(({ name }) => said(name, before?.[name]) !== said(name, after?.[name])).map(({ name, text }) => {
    const is = said(name, after?.[name])
    return before === null ? `${t(text)}: ${is}` : `${t(text)}: ${said(name, before[name])} → ${is}`
  })
}
