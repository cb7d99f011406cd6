import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { SheetTable } from '@/components/need-desk/sheet-table'
import { needNotice, needProblem } from '@/components/need-desk/texts'
import { consolePath } from '@/lib/console/model'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { previewNeedSheet } from '@/lib/needs/import'
import { communesOf } from '@/lib/staff/permissions'
import { oneOf, openConsole } from '../../../../open-console'

interface Props {
  params: Promise<{ locale: string; fund: string; sheet: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'need-desk')('sheet.title') } : {}
}

/** What taking a sheet in would do, row by row. */
export default async function SheetRoute(props: Props) {
  const { sheet: id } = await props.params
  const opened = await openConsole(props, `/nhu-cau/nhap/${id}`, 'needs.import')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const sheet = /^\d{1,9}$/.test(id)
    ? await previewNeedSheet(context, {
        importId: Number(id),
        mayReportFor: communesOf(staff.roles, 'needs.import', fund.id),
        by: staff.id,
      })
    : null
  if (sheet?.fundId !== fund.id) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const asked = await props.searchParams
  const t = translator(locale, 'need-desk')
  const notice = needNotice(locale, oneOf(asked['xong']))
  const problem = needProblem(locale, oneOf(asked['loi']))
  const year = `${sheet.schoolYear}–${sheet.schoolYear + 1}`
  return (
    <ConsoleShell {...shell} room="needs" title={t('sheet.preview', { file: sheet.fileName, year })} notice={notice} problem={problem}>
      {sheet.state === 'staged' ? (
        <>
          <p className="lead-line">{t('sheet.counts', sheet.counts)}</p>
          <SheetTable locale={locale} rows={sheet.rows} />
          <form method="post" action={localePath(locale, consolePath(fund.slug, `/nhu-cau/nhap/${sheet.importId}/doi`))} className="stack">
            <input type="hidden" name="shown" value={sheet.shown} />
            {sheet.counts.wrong > 0 && <p>{t('sheet.wrong')}</p>}
            <p className="acts-row">
              {sheet.counts.wrong === 0 && (
                <button className="act act-3" name="viec" value="nhan">
                  {t('sheet.accept')}
                </button>
              )}
              <button className="act act-2" name="viec" value="bo">
                {t('sheet.discard')}
              </button>
            </p>
          </form>
        </>
      ) : (
        <p>{t(sheet.state === 'accepted' ? 'sheet.accepted' : 'sheet.discarded')}</p>
      )}
    </ConsoleShell>
  )
}
