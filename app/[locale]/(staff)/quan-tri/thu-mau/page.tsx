import type { Metadata } from 'next'
import { NotFound } from '@/components/errors/not-found'
import { PlainConsole } from '@/components/console/plain'
import { SampleMails } from '@/components/console/sample-mails'
import { serverContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('sample.mails') } : {}
}

/** E-mails of a sample, which go nowhere. In a real database nobody reads other people's links: there is no such page. */
export default async function SampleMailsRoute({ params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const context = serverContext()
  if (context.installation.kind !== 'sample') {
    answerWith(404)
    return <NotFound locale={locale} path="/quan-tri/thu-mau" />
  }
  const t = translator(locale, 'console')
  return (
    <PlainConsole locale={locale} path="/quan-tri/thu-mau" title={t('sample.mails')}>
      <p>{t('sample.mailsLead')}</p>
      <SampleMails locale={locale} mails={await context.mail.list()} origin={context.origin} />
    </PlainConsole>
  )
}
