import { serverContext } from '@/lib/context'
import { listCampaignMaps } from '@/lib/links/queries'
import { listRecordMaps, RECORD_KINDS } from '@/lib/links/record-maps'
import { sitemapIndex } from '@/lib/links/sitemap'

export const dynamic = 'force-dynamic'

/** The list of sitemaps: one for each kind of page, and as many for campaigns, deliveries and spends as there need be. */
export async function GET(): Promise<Response> {
  const context = serverContext()
  const maps = await listCampaignMaps(context)
  const records = await Promise.all(
    RECORD_KINDS.map(async (kind) => (await listRecordMaps(context, kind)).map((after) => `/sitemap/${kind}-${after}.xml`)),
  )
  const index = sitemapIndex(context.origin, [
    { path: '/sitemap/trang.xml', changedAt: null },
    { path: '/sitemap/xa.xml', changedAt: null },
    ...maps.map(({ after, changedAt }) => ({ path: `/sitemap/chien-dich-${after}.xml`, changedAt })),
    ...records.flat().map((path) => ({ path, changedAt: null })),
  ])
  return new Response(index, { headers: { 'Content-Type': 'application/xml; charset=utf-8' } })
}
