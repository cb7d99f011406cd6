import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { needNotice, needProblem } from '@/components/need-desk/texts'
import { Field } from '@/components/ui/field'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listNeedYears, listStagedSheets } from '@/lib/needs/desk'
import { dayOf, formatMoment } from '@/lib/time/day'
import { communesOf } from '@/lib/staff/permissions'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'need-desk')('sheet.title') } : {}
}

/** Brings a spreadsheet of reports; sheets that nobody has decided on wait here. */
export default async function SheetsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/nhu-cau/nhap', 'needs.import')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const asked = await props.searchParams
  const t = translator(locale, 'need-desk')
  const { programmes } = await listNeedYears(context, fund.id, locale)
  const year = Number(dayOf(context.now()).slice(0, 4))
  const own = (path: string) => localePath(locale, consolePath(fund.slug, path))
  const notice = needNotice(locale, oneOf(asked['xong']))
  const problem = needProblem(locale, oneOf(asked['loi']))
  const staged = await listStagedSheets(context, {
    ...{ fundId: fund.id, staffId: staff.id, communeIds: communesOf(staff.roles, 'needs.import', fund.id) },
  })
  return (
    <ConsoleShell {...shell} room="needs" title={t('sheet.title')} notice={notice} problem={problem}>
      <p className="lead-line">
        {t('sheet.lead')} <a href={own('/nhu-cau/nhap/mau.xlsx')}>{t('sheet.template')}</a>
      </p>
      {staged.length > 0 && <h2>{t('sheet.waiting')}</h2>}
      <ul>
        {staged.map(({ importId, fileName, stagedAt }) => (
          <li key={importId}>
            <a href={own(`/nhu-cau/nhap/${importId}`)}>{fileName}</a>, {formatMoment(stagedAt)}
          </li>
        ))}
      </ul>
      <form method="post" action={own('/nhu-cau/nhap/tep/gui')} encType="multipart/form-data" className="stack column" noValidate>
        <input type="hidden" name="key" value={Buffer.from(context.random(12)).toString('hex')} />
        {programmes.length === 1 ? (
          <input type="hidden" name="ct" value={programmes[0]?.slug} />
        ) : (
          <Field name="ct" label={t('programme')}>
            {(control) => (
              <select {...control} defaultValue={typed?.fields['ct']}>
                {programmes.map(({ slug, title }) => (
                  <option key={slug} value={slug}>
                    {title}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <Field name="nam" label={t('yearLabel')}>
          {(control) => <input {...control} type="text" maxLength={9} defaultValue={typed?.fields['nam'] ?? `${year}-${year + 1}`} />}
        </Field>
        <Field name="tep" label={t('sheet.file')}>
          {(control) => <input {...control} type="file" accept=".xlsx,.xls,.csv" />}
        </Field>
        <p>
          <button className="act act-3">{t('sheet.send')}</button>
        </p>
      </form>
    </ConsoleShell>
  )
}
