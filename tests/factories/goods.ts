import type { Context } from '../../lib/context'
import { getCampaignGoods } from '../../lib/goods/coverage'
import type { Receipt } from '../../lib/goods/receive'
import { makeCampaign, type MadeCampaign } from './site'

/** A budget of a hundred coats and of forty sets of a cap and socks. */
export const GOODS_BUDGET = [
  { itemVi: 'Áo khoác', unitVi: 'áo', unitPriceVnd: 185_000n, quantity: 100 },
  { itemVi: 'Bộ mũ len và tất', unitVi: 'bộ', unitPriceVnd: 65_000n, quantity: 40 },
]

const CATEGORIES = ['ao-am', 'bua-an', 'hoc-bong', 'thiet-bi', 'van-hoa', 'ky-nang', 'hoc-nghe']

/** The campaign of a number, which asks for `GOODS_BUDGET`: a commune has one need of a kind a year, so each has its own. */
export const makeGoodsCampaign = (context: Context, number: number): Promise<MadeCampaign> =>
  makeCampaign(context, {
    slug: `chien-dich-${number + 1}`,
    budget: GOODS_BUDGET,
    commune: number % 5,
    category: CATEGORIES[Math.floor(number / 5)] ?? '',
  })

/** A campaign that asks for four days of a doctor's: for a service, not for things. */
export const makeServiceCampaign = (context: Context): Promise<MadeCampaign> =>
  makeCampaign(context, {
    slug: 'kham',
    category: 'suc-khoe',
    budget: [{ itemVi: 'Ngày khám', unitVi: 'ngày', unitPriceVnd: 9_000_000n, quantity: 4 }],
  })

/** New things of the first budget line, as a receipt has them. */
export const coats = (units: bigint): Receipt['lines'] => [{ position: 0, units, condition: 'new', statedValueVnd: null }]

/** Of each budget line of which goods are promised or came: its position, and how many units are promised and received. */
export const coverageOf = async (context: Context, campaignSlug: string): Promise<[number, bigint, bigint][]> =>
  (await getCampaignGoods(context, campaignSlug, 'vi')).lines.map(({ position, promised, received }) => [position, promised, received])

/** What a page is given, as text: two of them are the same where this is. */
export const asJson = (given: unknown): string =>
  JSON.stringify(given, (_key, field: unknown) => (typeof field === 'bigint' ? String(field) : field))
