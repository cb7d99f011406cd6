import { serverContext } from '@/lib/context'
import { listCampaignMaps } from '@/lib/links/queries'
import { sitemapIndex } from '@/lib/links/sitemap'

export const dynamic = 'force-dynamic'

/** The list of sitemaps: one for each kind of page, and as many for campaigns as there need be. */
export async function GET(): Promise<Response> {
  const context = serverContext()
  const maps = await listCampaignMaps(context)
  const index = sitemapIndex(context.origin, [
    { path: '/sitemap/trang.xml', changedAt: null },
    { path: '/sitemap/xa.xml', changedAt: null },
    ...maps.map(({ after, changedAt }) => ({ path: `/sitemap/chien-dich-${after}.xml`, changedAt })),
  ])
  return new Response(index, { headers: { 'Content-Type': 'application/xml; charset=utf-8' } })
}
