import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { PlainConsole } from '@/components/console/plain'
import { consolePath } from '@/lib/console/model'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { openForStaff } from './open-console'

interface Props {
  params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('name') } : {}
}

/** The door: on to the fund that somebody works for, or to the platform. */
export default async function ConsoleRoute({ params }: Props) {
  const { locale, staff } = await openForStaff((await params).locale, '/quan-tri')
  const first = staff.funds.find((fund) => staff.roles.some(({ fundId }) => fundId === fund.id))
  if (first) redirect(localePath(locale, consolePath(first.slug)))
  if (staff.roles.length > 0) redirect(localePath(locale, '/quan-tri/nen-tang'))
  const t = translator(locale, 'console')
  return (
    <PlainConsole locale={locale} path="/quan-tri" title={t('waiting.title')}>
      <p>{t('waiting.noRole')}</p>
      <p>
        <a href={localePath(locale, '/quan-tri/toi')}>{t('nav.me')}</a>
      </p>
    </PlainConsole>
  )
}
