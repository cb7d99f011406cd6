import type { Metadata } from 'next'
import { MyAccount } from '@/components/console/my-account'
import { PlainConsole } from '@/components/console/plain'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { openForStaff } from '../open-console'

interface Props {
  params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('me.title') } : {}
}

/** Who is signed in here, and how to leave. */
export default async function MyAccountRoute({ params }: Props) {
  const { locale, staff } = await openForStaff((await params).locale, '/quan-tri/toi')
  return (
    <PlainConsole locale={locale} path="/quan-tri/toi" title={translator(locale, 'console')('me.title')}>
      <MyAccount locale={locale} staff={staff} />
    </PlainConsole>
  )
}
