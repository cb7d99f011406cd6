import type { APIRequestContext } from '@playwright/test'
import { STATE_WORDS } from '../../lib/campaigns/schema'

/** A page worth looking at, by its Vietnamese path. */
export interface SitePage {
  name: string
  path: string
  status: number
}

export const LOCALES = ['vi', 'en'] as const
export type SiteLocale = (typeof LOCALES)[number]

/** The address of a page in a language, as the site writes it. */
export const inLocale = (locale: SiteLocale, path: string): string => (locale === 'vi' ? path : path === '/' ? '/en' : `/en${path}`)

/** A code with a right checksum that no gift has is as good as a page that does not exist. */
const NOWHERE = '/khong-co-trang-nay'

/** Links of a page that stay on the site, as path with query, without the fragment. */
export function linksOf(html: string): string[] {
  const links = [...html.matchAll(/<a\b[^>]*?\bhref="([^"]*)"/g)].map(([, href = '']) => decode(href))
  return links.filter((href) => href.startsWith('/') && !href.startsWith('//')).map((href) => href.split('#')[0] ?? '')
}

const decode = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&quot;', '"')

async function html(request: APIRequestContext, path: string): Promise<string> {
  const response = await request.get(path)
  if (!response.ok()) throw new Error(`${path} answered ${response.status()}`)
  return response.text()
}

async function linkOn(request: APIRequestContext, path: string, shape: RegExp): Promise<string> {
  const found = linksOf(await html(request, path)).find((link) => shape.test(link))
  if (found === undefined) throw new Error(`${path} has no link like ${shape}`)
  return found
}

/** A gift of a campaign that stands, with its receipt: of what other tests gave and took back there is none. */
async function findReceipt(request: APIRequestContext, campaign: string): Promise<{ arrived: string; receipt: string }> {
  for (const arrived of linksOf(await html(request, campaign)).filter((link) => /^\/theo-doi\/TD[^/?]+$/.test(link))) {
    const receipt = linksOf(await html(request, arrived)).find((link) => /\/bien-nhan\/\d+$/.test(link))
    if (receipt !== undefined) return { arrived, receipt }
  }
  throw new Error(`${campaign} has no gift with a receipt`)
}

/** A campaign of a list to which goods came, and the page of one of these gifts. */
async function findGoods(request: APIRequestContext, list: string): Promise<{ campaign: string; gift: string }> {
  for (const campaign of new Set(linksOf(await html(request, list)).filter((link) => /^\/chien-dich\/[^/?]+$/.test(link)))) {
    const section = /id="hien-vat"[\s\S]*?<\/section>/.exec(await html(request, campaign))?.[0] ?? ''
    const gift = linksOf(section).find((link) => /^\/theo-doi\/TD[^/?]+$/.test(link))
    if (gift !== undefined) return { campaign, gift }
  }
  throw new Error(`no campaign of ${list} received goods`)
}

/** Pledges goods as the form does, and says where the pledge's page is. */
async function makeGoods(request: APIRequestContext, give: string): Promise<string> {
  const formKey = /name="formKey" value="([^"]+)"/.exec(await html(request, give))?.[1] ?? ''
  const form = { formKey, 'units-0': '1', nature: 'goods', donorKind: 'person', name: '', showName: 'no', phone: '0900000000' }
  const response = await request.post(`${give}/gui`, { form, maxRedirects: 0 })
  const location = response.headers()['location'] ?? ''
  if (response.status() !== 303 || !location.startsWith('/theo-doi/TD')) throw new Error(`giving answered ${response.status()} ${location}`)
  return location
}

/** Gives as the form does, and says where the gift's page is. A gift by card leads elsewhere first; its key says which it is. */
async function makeGift(request: APIRequestContext, give: string, method: 'bank_transfer' | 'card'): Promise<string> {
  const formKey = /name="formKey" value="([^"]+)"/.exec(await html(request, give))?.[1] ?? ''
  const donor = { donorKind: 'person', name: '', showName: 'no', message: '', email: '' }
  const form = { formKey, amount: 'other', otherAmount: '150.000', method, ...donor }
  const response = await request.post(`${give}/gui`, { form, maxRedirects: 0 })
  const code = /tdk_(TD\w{7})=/.exec(response.headers()['set-cookie'] ?? '')?.[1]
  const location = method === 'card' && code !== undefined ? `/theo-doi/${code}` : (response.headers()['location'] ?? '')
  if (response.status() !== 303 || !location.startsWith('/theo-doi/TD')) throw new Error(`giving answered ${response.status()} ${location}`)
  return location
}

/**
 * One page of each kind, gathered from the site itself by following its links.
 * Throws where a kind of page cannot be reached from where a visitor would look for it.
 */
export async function gatherPages(request: APIRequestContext): Promise<SitePage[]> {
  const pages: SitePage[] = []
  const add = (name: string, path: string, status = 200) => pages.push({ name, path, status })
  add('home', '/')
  add('campaigns', '/chien-dich')
  for (const [state, word] of Object.entries(STATE_WORDS)) {
    const list = `/chien-dich?trang-thai=${word}`
    add(`campaigns, ${state}`, list)
    add(`campaign, ${state}`, await linkOn(request, list, /^\/chien-dich\/[^/?]+$/))
  }
  add('campaigns, nothing found', '/chien-dich?quy=ninh-thuan&xa=ba-vi')
  const open = pages.find((page) => page.name === 'campaign, open')?.path ?? ''
  add('communes', '/xa')
  const commune = await linkOn(request, '/xa', /^\/xa\/[^/?]+$/)
  add('commune', commune)
  add('former commune', await linkOn(request, commune, /^\/xa\/[^/?]+$/))
  add('categories', '/nhu-cau')
  add('category', await linkOn(request, '/nhu-cau', /^\/nhu-cau\/[^/?]+$/))
  add('funds', '/quy')
  add('fund', await linkOn(request, '/quy', /^\/quy\/[^/?]+$/))
  add('give', '/ung-ho')
  const give = await linkOn(request, open, /^\/ung-ho\/[^/?]+$/)
  add('give to a campaign', give)
  const waiting = await makeGift(request, give, 'bank_transfer')
  add('gift that waits', waiting)
  add('gift by card that waits', await makeGift(request, give, 'card'))
  const { arrived, receipt } = await findReceipt(request, open)
  add('gift that arrived', arrived)
  add('gift, its receipt', receipt)
  add('gift, statement of a year', await linkOn(request, receipt, /\/bang-ke\/\d+$/))
  const giveGoods = await linkOn(request, give, /^\/ung-ho\/[^/?]+\/hien-vat$/)
  add('give goods to a campaign', giveGoods)
  add('gift of goods that waits', await makeGoods(request, giveGoods))
  const goods = await findGoods(request, `/chien-dich?trang-thai=${STATE_WORDS.open}&xep=gan-du`)
  add('campaign, open, with goods', goods.campaign)
  add('gift of goods that came', goods.gift)
  add('statement', '/sao-ke')
  add('statement, files', '/sao-ke/tep')
  add('statement, search', '/sao-ke?tim=nguyen&chieu=vao')
  add('statement, not understood', '/sao-ke?tim=TD2222223&tu=hom+qua')
  add('thanks', '/ghi-nhan')
  add('thanks, organisations', '/ghi-nhan?loai=to-chuc')
  add('thanks, look-up', '/ghi-nhan?ten=nguyen')
  const done = pages.find((page) => page.name === 'campaign, complete')?.path ?? ''
  const spend = await linkOn(request, done, /^\/khoan-chi\/\d+$/)
  add('spend', spend)
  add('delivery', await linkOn(request, spend, /^\/dot-trao\/[^/?]+$/))
  add('gift that became something', await linkOn(request, spend, /^\/theo-doi\/TD[^/?]+$/))
  const due = pages.find((page) => page.name === 'campaign, delivering')?.path ?? ''
  add('spend under way', await linkOn(request, due, /^\/khoan-chi\/\d+$/))
  add('look-up', '/tra-cuu')
  add('look-up, nothing found', '/tra-cuu?ma=TD2222222', 404)
  add('check us', '/minh-bach')
  add('check us, tools of others', '/minh-bach/cong-cu')
  add('check us, look-up', `/minh-bach?muc=${receipt.replace(/^.*\//, '')}`)
  add('test bank', '/ngan-hang-thu')
  add('test bank with a gift', await linkOn(request, waiting, /^\/ngan-hang-thu\?qr=/))
  add('not found', NOWHERE, 404)
  add('campaign not found', '/chien-dich/khong-co', 404)
  return pages
}
