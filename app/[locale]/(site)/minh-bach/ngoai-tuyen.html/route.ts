import { offlineDocument } from '@/components/checking/offline-document'
import { serverContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { isLocale } from '@/lib/i18n/locale'
import { getTellTexts } from '@/lib/receipts/tell-texts'
import { getTrust, trustTexts } from '@/lib/receipts/trust'
import { checkScript } from '../script'

interface Props {
  params: Promise<{ locale: string }>
}

/** The page that checks without a network, to be kept. It is never shown from here: its script stands in it. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const trust = await getTrust(context)
  if (!trust) return problem(404, 'No log yet', 'The public log has no key yet. Please ask again in a moment.')
  const wish = {
    ...{ locale, trust: trustTexts(trust), texts: await getTellTexts(context, locale) },
    script: checkScript().text,
    site: context.origin,
  }
  return new Response(offlineDocument(wish), {
    headers: {
      // No page of the site: those are sent without scripts that stand in them.
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': 'attachment; filename="kiem-tung-dong.html"',
      'Cache-Control': 'no-store',
    },
  })
}
