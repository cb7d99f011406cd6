import type { Metadata } from 'next'
import { PlainConsole } from '@/components/console/plain'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { oneOf } from '../../open-console'

interface Props {
  params: Promise<{ locale: string; link: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('signIn.enter'), referrer: 'no-referrer' } : {}
}

/** Where a link of an e-mail leads: nothing happens before somebody presses the button. */
export default async function LinkRoute({ params, searchParams }: Props) {
  const { locale, link } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'console')
  const path = `/quan-tri/vao/${encodeURIComponent(link)}`
  return (
    <PlainConsole locale={locale} path={path} title={t('signIn.enter')}>
      <p>{t('signIn.enterLead')}</p>
      <form method="post" action={localePath(locale, `${path}/dang-nhap`)}>
        <input type="hidden" name="tiep" value={oneOf((await searchParams)['tiep']) ?? ''} />
        <button className="act act-3">{t('signIn.enter')}</button>
      </form>
    </PlainConsole>
  )
}
