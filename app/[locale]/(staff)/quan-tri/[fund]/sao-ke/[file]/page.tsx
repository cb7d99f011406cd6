import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ConsoleShell } from '@/components/console/shell'
import { Decide } from '@/components/statements/decide'
import { FileFacts } from '@/components/statements/file-facts'
import { MappingForm } from '@/components/statements/mapping-form'
import { PreviewTable } from '@/components/statements/preview-table'
import { statementRefusal } from '@/components/statements/text'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { isLineKind, isUnderWay } from '@/lib/statements/model'
import { getFile, headersIn, listPreview, listStatementAccounts } from '@/lib/statements/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../../open-console'

type Props = Omit<ConsoleProps, 'params'> & { params: Promise<{ locale: string; fund: string; file: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'statements')('title') } : {}
}

/** One file: how far it is, what it says, line by line, and what is decided of it. */
export default async function StatementRoute(props: Props) {
  const { file: id } = await props.params
  const opened = await openConsole(props, `/sao-ke/${id}`, 'bank.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const found = /^\d{1,9}$/.test(id) ? await getFile(context, fund.id, BigInt(id)) : null
  if (!found) notFound()
  const { file, sections, head, receivingAccountId } = found
  const asked = await props.searchParams
  const t = translator(locale, 'statements')
  const kind = oneOf(asked['loai']) ?? ''
  const wanted = isLineKind(kind) ? kind : null
  const after = Number(/^\d{1,8}$/.exec(oneOf(asked['sau']) ?? '')?.[0] ?? 0)
  const headerRow = Number(/^\d{1,2}$/.exec(oneOf(asked['hang']) ?? '')?.[0] ?? (head ? headersIn(head) : 0))
  const { lines, next } = await listPreview(context, file.id, wanted, after)
  const people = [file.uploadedBy, file.acceptedBy, file.thrownAwayBy].filter((person) => person !== null)
  const mayImport = isAllowed(staff.roles, 'bank.import', { fundId: fund.id })
  const done = oneOf(asked['xong'])
  const notice = done === 'accepted' ? t('accept.done') : done === 'thrown' ? t('throw.done') : done === 'mapped' ? t('mapping.done') : null
  const problem = statementRefusal(locale, oneOf(asked['loi']))
  const path = localePath(locale, consolePath(fund.slug, `/sao-ke/${file.id}`))
  const isOpen = file.state !== 'accepted' && file.state !== 'booked' && file.state !== 'thrown_away'
  return (
    <ConsoleShell
      {...shell}
      room="statements"
      title={file.name}
      beside={<a href={localePath(locale, consolePath(fund.slug, '/sao-ke'))}>{t('file.back')}</a>}
      notice={notice}
      problem={problem}
    >
      <div id="tien-do" data-again={isUnderWay(file.state) ? '3' : undefined}>
        <FileFacts locale={locale} file={file} sections={sections} names={await staffNames(context, people)} />
      </div>
      <div className={mayImport && isOpen ? 'bench' : undefined}>
        <div>
          {mayImport && file.state === 'needs_mapping' && head && (
            <MappingForm
              {...{ locale, head, headerRow, receivingAccountId, typed, path, fundSlug: fund.slug, fileId: file.id }}
              accounts={await listStatementAccounts(context, fund.id)}
            />
          )}
          {file.linesRead > 0 && <PreviewTable {...{ locale, file, kind: wanted, lines, next, path }} />}
        </div>
        {mayImport && isOpen && <Decide locale={locale} fundSlug={fund.slug} file={file} typed={typed} />}
      </div>
      {isUnderWay(file.state) && <script type="module" src="/js/statement.js" />}
    </ConsoleShell>
  )
}
