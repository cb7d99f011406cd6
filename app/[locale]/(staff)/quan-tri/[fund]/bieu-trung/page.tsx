import { randomUUID } from 'node:crypto'
import type { Metadata } from 'next'
import { ConsoleShell } from '@/components/console/shell'
import { handoverProblem } from '@/components/delivery/handover-text'
import { DeskLogos } from '@/components/recognition/desk-logos'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { isTextOf, MESSAGES, translator } from '@/lib/i18n/translator'
import { listDeskLogos, listOrganisations } from '@/lib/recognition/logo-desk'
import { isAllowed, type Permission } from '@/lib/staff/permissions'
import { staffNames } from '@/lib/staff/queries'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'logos')('title') } : {}
}

/** Logos of organisations that a fund thanks by name: what waits for a second person, what is shown, and what was withdrawn. */
export default async function LogosRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/bieu-trung', 'logos.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell, typed } = opened
  const asked = await props.searchParams
  const logos = await listDeskLogos(context, fund.id)
  const names = await staffNames(
    context,
    logos.map(({ addedBy }) => addedBy),
  )
  const t = translator(locale, 'logos')
  const done = oneOf(asked['xong'])
  const problem = handoverProblem(locale, oneOf(asked['loi']), typed)
  const mayDo = (permission: Permission) => isAllowed(staff.roles, permission, { fundId: fund.id })
  const may = { add: mayDo('logos.add'), release: mayDo('logos.release'), withdraw: mayDo('logos.withdraw') }
  const kept = `${staff.id}:bieu-trung`
  return (
    <ConsoleShell
      {...shell}
      room="logos"
      title={t('title')}
      notice={
        isTextOf(MESSAGES.vi.logos.done, done) && <span data-draft-done={done === 'added' ? kept : undefined}>{t(`done.${done}`)}</span>
      }
      problem={problem}
    >
      <p className="lead-line">{t('lead')}</p>
      <DeskLogos
        {...{ locale, logos, names, may, kept, typed, me: staff.id, newKey: randomUUID() }}
        organisations={may.add ? await listOrganisations(context, fund.id) : []}
        path={(part) => localePath(locale, consolePath(fund.slug, `/bieu-trung/${part}`))}
      />
      <script type="module" src="/js/kept-form.js" />
    </ConsoleShell>
  )
}
