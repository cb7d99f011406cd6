import { serverContext, type ServerContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { listCampaignPages, listCommunePages, listOtherPages } from '@/lib/links/queries'
import { listRecordPages, RECORD_KINDS } from '@/lib/links/record-maps'
import { sitemapDocument, type SitemapPage } from '@/lib/links/sitemap'

/** One sitemap. Those of campaigns begin after the number they name, so that a later campaign moves none to another. */
export async function GET(_request: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const { name } = await params
  const context = serverContext()
  const pages = await pagesOf(context, name)
  if (!pages) return problem(404, 'No such sitemap', 'The list of sitemaps is /sitemap.xml.')
  return new Response(sitemapDocument(context.origin, pages), { headers: { 'Content-Type': 'application/xml; charset=utf-8' } })
}

async function pagesOf(context: ServerContext, name: string): Promise<SitemapPage[] | null> {
  if (name === 'trang.xml') return listOtherPages(context)
  if (name === 'xa.xml') return listCommunePages(context)
  const record = /^(dot-trao|khoan-chi)-(\d{1,15})\.xml$/.exec(name)
  const kind = RECORD_KINDS.find((one) => one === record?.[1])
  if (kind !== undefined) return listRecordPages(context, kind, BigInt(record?.[2] ?? 0))
  const after = /^chien-dich-(\d{1,9})\.xml$/.exec(name)?.[1]
  return after === undefined ? null : listCampaignPages(context, Number(after))
}
