import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { ConsoleShell } from '@/components/console/shell'
import { BankLinePage } from '@/components/desk/bank-line-page'
import { getBankLine } from '@/lib/bank/one-line'
import { consolePath } from '@/lib/console/model'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { staffNames } from '@/lib/staff/queries'
import { openConsole, type ConsoleProps } from '../../../open-console'

interface Props extends ConsoleProps {
  params: Promise<{ locale: string; fund: string; line: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, line } = await params
  return isLocale(locale) ? { title: translator(locale, 'desk')('oneLine.title', { id: line }) } : {}
}

/** One line of the bank, whatever became of it. */
export default async function LineRoute(props: Props) {
  const { line: id } = await props.params
  const opened = await openConsole(props, `/ngan-hang/${id}`, 'bank.read')
  if (!opened.isOpen) return opened.page
  const { locale, context, fund, shell } = opened
  const line = /^\d{1,18}$/.test(id) ? await getBankLine(context, fund.id, BigInt(id)) : null
  if (!line) {
    answerWith(404)
    return <ConsoleClosed locale={locale} />
  }
  const own = (path: string) => localePath(locale, consolePath(fund.slug, path))
  const names = await staffNames(
    context,
    line.decisions.flatMap(({ by, undone }) => [by, ...(undone ? [undone.by] : [])]),
  )
  return (
    <ConsoleShell {...shell} room="bank" title={translator(locale, 'desk')('oneLine.title', { id: line.id })}>
      <BankLinePage
        locale={locale}
        line={line}
        names={names}
        lineHref={(other) => own(`/ngan-hang/${other}`)}
        queueHref={`${own('/ngan-hang')}?dong=${line.id}#dong`}
      />
    </ConsoleShell>
  )
}
