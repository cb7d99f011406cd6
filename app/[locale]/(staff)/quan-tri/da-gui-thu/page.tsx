import type { Metadata } from 'next'
import { PlainConsole } from '@/components/console/plain'
import { serverContext } from '@/lib/context'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { LINK_MINUTES } from '@/lib/staff/sign-in/next-auth'
import { oneOf } from '../open-console'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('signIn.sent') } : {}
}

/** What happens next, the same whether the address is somebody's or nobody's. */
export default async function LinkSentRoute({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'console')
  const query = `?tiep=${encodeURIComponent(oneOf((await searchParams)['tiep']) ?? '')}`
  return (
    <PlainConsole locale={locale} path={`/quan-tri/da-gui-thu${query}`} title={t('signIn.sent')}>
      <p>{t('signIn.sentLead', { minutes: LINK_MINUTES })}</p>
      <p>{t('signIn.sentNone')}</p>
      {serverContext().installation.kind === 'sample' && (
        <p>{t.rich('signIn.sentSample', { a: (text) => <a href={localePath(locale, '/quan-tri/thu-mau')}>{text}</a> })}</p>
      )}
      <p>
        <a href={localePath(locale, `/quan-tri/dang-nhap${query}`)}>{t('signIn.again')}</a>
      </p>
    </PlainConsole>
  )
}
