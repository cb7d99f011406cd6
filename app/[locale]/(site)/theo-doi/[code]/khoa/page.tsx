import type { Metadata } from 'next'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { normalizeCode } from '@/lib/pledges/codes'
import { giftPath } from '@/lib/pledges/cookies'

interface Props {
  params: Promise<{ locale: string; code: string }>
}

const LONGEST_SHOWN = 40

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale, code: typed } = await params
  if (!isLocale(locale)) return {}
  const code = normalizeCode(typed).slice(0, LONGEST_SHOWN)
  const t = translator(locale, 'giving')
  return pageMetadata({
    origin: serverContext().origin,
    locale,
    path: `${giftPath(code)}/khoa`,
    title: t('gift.key.wrong', { code }),
    description: t('gift.key.wrongLead'),
    isIndexed: false,
  })
}

/** A private link that opens nothing. */
export default async function WrongKeyPage({ params }: Props) {
  const { locale, code: typed } = await params
  if (!isLocale(locale)) return null
  const code = normalizeCode(typed).slice(0, LONGEST_SHOWN)
  const t = translator(locale, 'giving')
  answerWith(404)
  return (
    <PageShell locale={locale} path={`${giftPath(code)}/khoa`} here="lookup">
      <div className="title">
        <h1 className="break-anywhere">{t('gift.key.wrong', { code })}</h1>
        <p className="lead">{t('gift.key.wrongLead')}</p>
        <p className="near2">{t('gift.key.lostNote')}</p>
        <p className="near2">
          <a href={localePath(locale, giftPath(code))}>{t('gift.key.public')}</a>
        </p>
      </div>
    </PageShell>
  )
}
