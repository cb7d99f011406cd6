import type { Metadata } from 'next'
import { ConsoleClosed } from '@/components/console/closed'
import { PlainConsole } from '@/components/console/plain'
import { PlatformFunds } from '@/components/console/platform-funds'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { isAllowed } from '@/lib/staff/permissions'
import { countDirectors } from '@/lib/staff/queries'
import { openForStaff } from '../open-console'

interface Props {
  params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('platform.title') } : {}
}

/** What an operator sees: which funds there are and whether somebody directs them. No money of any. */
export default async function PlatformRoute({ params }: Props) {
  const { locale, context, staff } = await openForStaff((await params).locale, '/quan-tri/nen-tang')
  if (!isAllowed(staff.roles, 'platform.read', { fundId: null })) {
    answerWith(403)
    return <ConsoleClosed locale={locale} />
  }
  const directors = await countDirectors(context)
  return (
    <PlainConsole locale={locale} path="/quan-tri/nen-tang" title={translator(locale, 'console')('platform.title')}>
      <PlatformFunds locale={locale} funds={staff.funds} directors={directors} />
    </PlainConsole>
  )
}
