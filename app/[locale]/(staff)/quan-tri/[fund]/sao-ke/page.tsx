import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { FileList } from '@/components/statements/file-list'
import { GiveForm } from '@/components/statements/give-form'
import { statementRefusal } from '@/components/statements/text'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { listFiles, listStatementAccounts } from '@/lib/statements/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'statements')('title') } : {}
}

/** Files of statements, and where one is given. */
export default async function StatementsRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/sao-ke', 'bank.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const asked = await props.searchParams
  const mayImport = isAllowed(staff.roles, 'bank.import', { fundId: fund.id })
  const files = await listFiles(context, fund.id)
  const names = await staffNames(
    context,
    files.map(({ uploadedBy }) => uploadedBy),
  )
  const t = translator(locale, 'statements')
  const problem = statementRefusal(locale, oneOf(asked['loi']))
  return (
    <ConsoleShell {...shell} room="statements" takes={[{ table: 'statements' }]} title={t('title')} problem={problem}>
      <p className="lead-line">{t('lead')}</p>
      <div className={mayImport ? 'bench' : undefined}>
        <FileList locale={locale} fundSlug={fund.slug} files={files} names={names} />
        {mayImport && (
          <GiveForm
            locale={locale}
            fundSlug={fund.slug}
            accounts={await listStatementAccounts(context, fund.id)}
            formKey={Buffer.from(context.random(16)).toString('hex')}
          />
        )}
      </div>
    </ConsoleShell>
  )
}
