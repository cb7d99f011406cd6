import type { Metadata } from 'next'
import { OtherTools } from '@/components/checking/other-tools'
import { Crumbs } from '@/components/site/crumbs'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { lastCheckpoint } from '@/lib/public-log/ancestor'
import { exampleEntry } from '@/lib/receipts/example'
import { CHECK_PATH } from '@/lib/receipts/paths'

interface Props {
  params: Promise<{ locale: string }>
}

const PATH = `${CHECK_PATH}/cong-cu`

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'checking')
  return pageMetadata({
    ...{ origin: serverContext().origin, locale, path: PATH, title: t('tools.title'), description: t('tools.description') },
  })
}

/** How to check the log, a receipt or a paper with tools that others wrote. */
export default async function OtherToolsPage({ params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'checking')
  const context = serverContext()
  const example = exampleEntry((await lastCheckpoint(context.db))?.size ?? 0)
  return (
    <PageShell locale={locale} path={PATH}>
      <Crumbs locale={locale} steps={[{ href: localePath(locale, CHECK_PATH), name: t('title') }]} />
      <div className="title">
        <h1>{t('tools.title')}</h1>
        <p className="lead">{t('tools.lead', { entry: String(example.entry) })}</p>
      </div>
      <OtherTools locale={locale} origin={context.origin} example={example} />
    </PageShell>
  )
}
