import type { Metadata } from 'next'
import { Hits } from '@/components/console/hits'
import { ConsoleShell } from '@/components/console/shell'
import { search } from '@/lib/console/search'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { oneOf, openConsole, type ConsoleProps } from '../../open-console'

export async function generateMetadata({ params }: ConsoleProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('search.title') } : {}
}

export default async function SearchRoute(props: ConsoleProps) {
  const opened = await openConsole(props, '/tim', null)
  if (!opened.isOpen) return opened.page
  const { locale, context, staff, fund, shell } = opened
  const text = (oneOf((await props.searchParams)['q']) ?? '').slice(0, 100)
  return (
    <ConsoleShell {...shell} title={translator(locale, 'console')('search.title')}>
      <Hits
        {...{ locale, text, fundSlug: fund.slug, mayFindDonors: shell.rooms.includes('pledges') }}
        hits={await search(context, staff, { fund, text, locale })}
      />
    </ConsoleShell>
  )
}
