import type { Context } from '../context'
import { fold } from '../i18n/fold'
import type { Locale } from '../i18n/locale'
import { parseVnd } from '../money/vnd'
import { normalizeCode } from '../pledges/codes'
import { readReceiptNumber } from '../pledges/receipt'
import type { Staff, StaffFund } from '../staff/model'
import { communesOf, type Permission } from '../staff/permissions'
import { findGifts, findLines, findReceipts } from './find-money'
import { findCampaigns, findDeliveries, findNeeds, findPeople, findSpends } from './find-things'
import type { Hit } from './model'
import type { Wanted } from './wanted'

/** One line a room: what can be found, and by whom. The surest stands first. */
const FINDERS: readonly { permission: Permission; find: (context: Context, wanted: Wanted) => Promise<Hit[]> }[] = [
  { permission: 'pledges.read', find: findGifts },
  { permission: 'gifts.read', find: findReceipts },
  { permission: 'bank.read', find: findLines },
  { permission: 'spends.read', find: findSpends },
  { permission: 'deliveries.read', find: findDeliveries },
  { permission: 'needs.read', find: findNeeds },
  { permission: 'campaigns.read', find: findCampaigns },
  { permission: 'people.read', find: findPeople },
]

/** Looks through everything of a fund that a person may see. */
export async function search(
  context: Context,
  staff: Staff,
  { fund, text, locale }: { fund: StaffFund; text: string; locale: Locale },
): Promise<Hit[]> {
  const folded = fold(text)
  if (folded === '') return []
  const code = normalizeCode(text)
  const plain = code.replace(/[^A-Z0-9]/g, '')
  const read = {
    ...{ words: folded.split(' ').slice(0, 8), number: /^#?\d{1,9}$/.test(text.trim()) ? Number(text.trim().replace('#', '')) : null },
    ...{ code: /^TD[0-9A-Z]{7}$/.test(code) ? code : null, amountVnd: parseVnd(text) },
    receipt: readReceiptNumber(text),
    reference: /^(?=.*\d)[A-Z0-9]{6,40}$/.test(plain) ? plain : null,
  }
  const found = FINDERS.map(({ permission, find }) => {
    const communeIds = communesOf(staff.roles, permission, fund.id)
    const isOpen = communeIds === 'all' || communeIds.size > 0
    return isOpen ? find(context, { fund, text, locale, ...read, staffId: staff.id, communeIds }) : Promise.resolve([])
  })
  return (await Promise.all(found)).flat()
}
