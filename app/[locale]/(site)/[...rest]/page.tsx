import type { Metadata } from 'next'
import { NotFound, notFoundMetadata } from '@/components/errors/not-found'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'

interface Props {
  params: Promise<{ locale: string; rest: string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? notFoundMetadata(locale) : {}
}

/** Every address that leads nowhere. */
export default async function UnknownPage({ params }: Props) {
  const { locale, rest } = await params
  if (!isLocale(locale)) return null
  answerWith(404)
  return <NotFound locale={locale} path={`/${rest.join('/')}`} />
}
