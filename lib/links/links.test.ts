import { describe, expect, it } from 'vitest'
import { campaignFeed } from './feed'
import { embedHeight, EMBED_WIDTHS, escapeXml } from './model'
import { readEmbedRequest } from './oembed'
import { sitemapDocument, sitemapIndex } from './sitemap'

const ORIGIN = 'https://example.org'

describe('a text in XML', () => {
  it('has no tag, no entity and no sign that XML cannot write', () => {
    expect(escapeXml(`<a href="x">R&B's</a>\u0000\u0008\ufffe\ud800`)).toBe('&lt;a href=&quot;x&quot;&gt;R&amp;B&#39;s&lt;/a&gt;')
    expect(escapeXml('Ấm\t\n🧥')).toBe('Ấm\t\n🧥')
  })
})

describe('a sitemap', () => {
  it('names each page in both languages, and in each of them both', () => {
    const map = sitemapDocument(ORIGIN, [{ path: '/xa/ba-vi', changedAt: new Date('2026-11-23T03:00:00Z') }])
    expect([...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address)).toEqual([
      'https://example.org/xa/ba-vi',
      'https://example.org/en/xa/ba-vi',
    ])
    expect(map.match(/hreflang="en" href="https:\/\/example\.org\/en\/xa\/ba-vi"/g)).toHaveLength(2)
    expect(map.match(/hreflang="x-default" href="https:\/\/example\.org\/xa\/ba-vi"/g)).toHaveLength(2)
    expect(map.match(/<lastmod>2026-11-23T03:00:00\.000Z<\/lastmod>/g)).toHaveLength(2)
  })

  it('says nothing of a change that is not known', () => {
    expect(sitemapDocument(ORIGIN, [{ path: '/tra-cuu', changedAt: null }])).not.toContain('lastmod')
    expect(sitemapIndex(ORIGIN, [{ path: '/sitemap/xa.xml', changedAt: null }])).toContain('<loc>https://example.org/sitemap/xa.xml</loc>')
  })
})

describe('the feed of campaigns', () => {
  const campaign = {
    ...{ slug: 'ao-am', title: 'Áo & mũ <ấm>', summary: 'Cho các em.', state: 'open' as const, neededBy: '2026-12-22' },
    category: { key: 'ao-am', name: 'Áo ấm' },
    commune: { slug: 'ba-vi', name: 'Ba Vì', fullName: 'Xã Ba Vì', seed: 'x' },
    fund: { slug: 'ha-noi', name: 'Quỹ' },
    ...{ takesGifts: true, goalVnd: 2n, receivedVnd: 1n, missingVnd: 1n, aboveGoalVnd: 0n, wholeVnd: 2n },
  }
  const happenedAt = new Date('2026-11-20T11:07:02Z')
  const feed = (given: object = {}) =>
    campaignFeed({
      ...{ origin: 'https://example.org:8443', locale: 'en', isSample: false, now: new Date('2026-11-23T03:00:00Z') },
      steps: [{ id: 7, state: 'open', reason: 'Đã duyệt', happenedAt, campaign }],
      ...given,
    })

  it('has an entry for each step, under a name that does not change with the campaign’s address', () => {
    const text = feed()
    expect(text).toContain('<id>tag:example.org,2026:chien-dich/buoc/7/en</id>')
    expect(text).toContain('Áo &amp; mũ &lt;ấm&gt;')
    expect(text).toContain('<summary>Đã duyệt. Cho các em.</summary>')
    expect(text).toContain('href="https://example.org:8443/en/chien-dich/ao-am"')
    expect(text.match(/<updated>2026-11-20T11:07:02\.000Z<\/updated>/g)).toHaveLength(2)
  })

  it('is whole without a step, and says of a sample that it is one', () => {
    expect(feed({ steps: [] })).toContain('<updated>2026-11-23T03:00:00.000Z</updated>')
    expect(feed({ isSample: true }).match(/Sample data\./g)?.length).toBeGreaterThan(2)
  })
})

describe('a request to embed', () => {
  const read = (query: Record<string, string>) => readEmbedRequest(new URLSearchParams(query), ORIGIN)

  it('names a campaign by its page or its embed, in either language', () => {
    for (const path of ['/chien-dich/ao-am', '/nhung/chien-dich/ao-am', '/chien-dich/ao-am?fbclid=x#y', '/chien-dich/ao-am/'])
      expect(read({ url: ORIGIN + path })).toEqual({ ok: true, value: { slug: 'ao-am', locale: 'vi', width: EMBED_WIDTHS.usual } })
    expect(read({ url: `${ORIGIN}/en/chien-dich/ao-am` })).toMatchObject({ value: { locale: 'en' } })
  })

  it('is as wide as asked for, within what an embed is right at', () => {
    const width = (maxwidth: string) => read({ url: `${ORIGIN}/chien-dich/ao-am`, maxwidth })
    for (const [asked, given] of [
      ['640', 640],
      ['100', 280],
      ['5000', 800],
      ['wide', 500],
    ] as const)
      expect(width(asked)).toMatchObject({ value: { width: given } })
    expect(embedHeight(EMBED_WIDTHS.least)).toBeGreaterThan(embedHeight(EMBED_WIDTHS.usual))
  })

  it('is refused for what is not a campaign of this site, and in another format', () => {
    for (const url of [
      '',
      'x',
      '/chien-dich/a',
      'https://evil.example/chien-dich/a',
      `${ORIGIN}/theo-doi/TD2222222`,
      `${ORIGIN}@evil.example/chien-dich/a`,
    ])
      expect(read({ url })).toEqual({ ok: false, refusal: 'address' })
    expect(read({ url: `${ORIGIN}/chien-dich/a`, format: 'xml' })).toEqual({ ok: false, refusal: 'format' })
  })
})
