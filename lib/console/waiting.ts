import { countDaysToClose } from '../bank/days'
import { countWaiting } from '../bank/queue'
import { countCampaignDrafts, countCampaignsToReview } from '../campaigns/desk'
import { countNeedsToCheck, countNeedsToPublish, countNeedSheets } from '../needs/desk'
import { countAwaitedGoods } from '../goods/desk'
import { countRefundsToDecide } from '../cards/refund-list'
import { countAccountsToApprove } from '../funds/receiving'
import type { Context } from '../context'
import { countToHandOver } from '../delivery/desk'
import { countWithoutPaper } from '../delivery/desk-deliveries'
import { countGoodsPapersToRelease, countPicturesToRelease, countSpendPapersToRelease, countToRelease } from '../evidence/desk'
import { countCashToCarry, countChequesWaiting, countReversalsToDecide } from '../office/queries'
import { countWaitingTexts } from '../pledge-desk/queries'
import { countLogosToRelease } from '../recognition/logo-desk'
import { countAdvancesOverdue, countChangesToDecide, countOwnAdvancesOverdue, countSpendsToDecide } from '../spend-desk/queries'
import type { Staff, StaffFund } from '../staff/model'
import { communesOf, type Permission } from '../staff/permissions'
import { countToConfirm } from '../staff/queries'
import { countFilesWaiting } from '../statements/queries'
import { countUnread } from '../unread/queries'
import type { WaitingItem, WaitingKey } from './model'

/** What is asked of each room: how much of it waits for this person in this fund. */
interface Waiting {
  key: WaitingKey
  path: string
  /** Who lacks it is not asked about it. */
  permission: Permission
  /** @param communeIds ids of communes, or 'all' */
  count: (context: Context, asked: { fundId: number; staffId: string; communeIds: 'all' | ReadonlySet<number> }) => Promise<number>
}

/** One line a room. What waits for a decision of two people is counted for whoever may be the second. */
const WAITING: readonly Waiting[] = [
  { key: 'needsToCheck', path: '/nhu-cau', permission: 'needs.check', count: countNeedsToCheck },
  { key: 'needsToPublish', path: '/nhu-cau', permission: 'needs.publish', count: countNeedsToPublish },
  { key: 'needSheets', path: '/nhu-cau/nhap', permission: 'needs.import', count: countNeedSheets },
  { key: 'campaignsToReview', path: '/chien-dich', permission: 'campaigns.review', count: countCampaignsToReview },
  { key: 'campaignDrafts', path: '/chien-dich', permission: 'campaigns.edit', count: countCampaignDrafts },
  { key: 'pictures', path: '/chien-dich', permission: 'evidence.release', count: countPicturesToRelease },
  { key: 'refunds', path: '/hoan-tien', permission: 'refunds.approve', count: countRefundsToDecide },
  { key: 'statements', path: '/sao-ke', permission: 'bank.import', count: countFilesWaiting },
  { key: 'spends', path: '/chi', permission: 'spends.approve', count: countSpendsToDecide },
  { key: 'budget_changes', path: '/chi/du-toan', permission: 'spends.exceed', count: countChangesToDecide },
  { key: 'advances', path: '/chi?phan=tam-ung', permission: 'spends.settle', count: countAdvancesOverdue },
  { key: 'own_advances', path: '/chi?phan=tam-ung', permission: 'spends.read', count: countOwnAdvancesOverdue },
  { key: 'lines', path: '/ngan-hang', permission: 'bank.place', count: (context, { fundId }) => countWaiting(context, fundId) },
  { key: 'texts', path: '/cam-ket#cho-xem', permission: 'texts.review', count: countWaitingTexts },
  { key: 'unread', path: '/ngan-hang/chua-ro', permission: 'bank.decide', count: (context, { fundId }) => countUnread(context, fundId) },
  { key: 'days', path: '/ngay', permission: 'bank.close_day', count: (context, { fundId }) => countDaysToClose(context, fundId) },
  { key: 'cash_reversals', path: '/tien-mat', permission: 'cash.reverse', count: countReversalsToDecide },
  { key: 'goods_awaited', path: '/hien-vat', permission: 'goods.receive', count: countAwaitedGoods },
  { key: 'cheques', path: '/tien-mat?phan=sec', permission: 'cash.record', count: countChequesWaiting },
  { key: 'cash_to_carry', path: '/tien-mat', permission: 'cash.record', count: countCashToCarry },
  { key: 'to_hand_over', path: '/trao', permission: 'deliveries.record', count: countToHandOver },
  { key: 'without_paper', path: '/trao#da-trao', permission: 'evidence.add', count: countWithoutPaper },
  { key: 'spend_papers', path: '/chi?phan=giay-to', permission: 'evidence.release', count: countSpendPapersToRelease },
  { key: 'goods_papers', path: '/hien-vat#giay-cho', permission: 'evidence.release', count: countGoodsPapersToRelease },
  { key: 'to_release', path: '/trao#da-trao', permission: 'evidence.release', count: countToRelease },
  { key: 'logos', path: '/bieu-trung', permission: 'logos.release', count: countLogosToRelease },
  { key: 'appointments', path: '/nguoi', permission: 'people.confirm', count: countToConfirm },
  { key: 'accounts', path: '/tai-khoan', permission: 'accounts.approve', count: countAccountsToApprove },
]

/** What waits for a person in a fund, in the order of the list; nothing of what does not. */
export async function listWaiting(context: Context, staff: Staff, fund: StaffFund): Promise<WaitingItem[]> {
  const counted = await Promise.all(
    WAITING.map(async ({ key, path, permission, count }) => {
      const communeIds = communesOf(staff.roles, permission, fund.id)
      const isAsked = communeIds === 'all' || communeIds.size > 0
      return { key, path, count: isAsked ? await count(context, { fundId: fund.id, staffId: staff.id, communeIds }) : 0 }
    }),
  )
  return counted.filter(({ count }) => count > 0)
}
