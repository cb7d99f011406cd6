import type { Metadata } from 'next'
import { OtherTools, ToolsForm } from '@/components/checking/other-tools'
import { Crumbs } from '@/components/site/crumbs'
import { pageMetadata } from '@/components/site/metadata'
import { PageShell } from '@/components/site/page-shell'
import { serverContext } from '@/lib/context'
import { answerWith } from '@/lib/http/status'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { lastCheckpoint } from '@/lib/public-log/ancestor'
import { commandEntry, exampleEntry } from '@/lib/receipts/example'
import { readTypedNumber } from '@/lib/receipts/numbers'
import { CHECK_PATH, toolsPath, TOOLS_PATH } from '@/lib/receipts/paths'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const LONGEST_TYPED = 20

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'checking')
  return pageMetadata({
    ...{ origin: serverContext().origin, locale, path: TOOLS_PATH, title: t('tools.title'), description: t('tools.description') },
    isIndexed: (await searchParams)['muc'] === undefined,
  })
}

/** How to check the log, a receipt or a paper with tools that others wrote. */
export default async function OtherToolsPage({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const t = translator(locale, 'checking')
  const context = serverContext()
  const size = (await lastCheckpoint(context.db))?.size ?? 0
  const asked = (await searchParams)['muc']
  const typed = typeof asked === 'string' && asked.trim() !== '' ? asked.trim().slice(0, LONGEST_TYPED) : null
  const number = typed === null ? null : readTypedNumber(typed)
  const isThere = number !== null && number < size
  if (typed !== null && !isThere) answerWith(404)
  const example = isThere ? commandEntry(Number(number), size) : exampleEntry(size)
  return (
    <PageShell locale={locale} path={isThere ? toolsPath(number) : TOOLS_PATH}>
      <Crumbs locale={locale} steps={[{ href: localePath(locale, CHECK_PATH), name: t('title') }]} />
      <div className="title">
        <h1>{t('tools.title')}</h1>
        <p className="lead">{t('tools.lead')}</p>
      </div>
      <ToolsForm
        locale={locale}
        action={localePath(locale, TOOLS_PATH)}
        typed={typed ?? String(example.entry)}
        error={
          typed === null || isThere
            ? null
            : t('tools.noEntry', { typed, last: String(Math.max(0, size - 1)), entry: String(example.entry) })
        }
      />
      <OtherTools locale={locale} origin={context.origin} example={example} />
    </PageShell>
  )
}
