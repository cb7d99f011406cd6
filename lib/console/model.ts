import type { Permission } from '../staff/permissions'

/**
 * Rooms of the console, in the order of its navigation: the name of each is `rooms.<key>` of the console's texts. Who
 * holds none of the permissions does not see its door.
 */
export const ROOMS = [
  { key: 'needs', path: '/nhu-cau', permission: 'needs.read' },
  { key: 'campaigns', path: '/chien-dich', permission: 'campaigns.read' },
  { key: 'pledges', path: '/cam-ket', permission: 'pledges.read' },
  { key: 'bank', path: '/ngan-hang', permission: 'bank.read' },
  { key: 'statements', path: '/sao-ke', permission: 'bank.read' },
  { key: 'days', path: '/ngay', permission: 'bank.read' },
  { key: 'cash', path: '/tien-mat', permission: 'gifts.read' },
  { key: 'goods', path: '/hien-vat', permission: 'pledges.read' },
  { key: 'refunds', path: '/hoan-tien', permission: 'refunds.read' },
  { key: 'spends', path: '/chi', permission: 'spends.read' },
  { key: 'handover', path: '/trao', permission: 'deliveries.read' },
  { key: 'logos', path: '/bieu-trung', permission: 'logos.read' },
  { key: 'people', path: '/nguoi', permission: 'people.read' },
  { key: 'accounts', path: '/tai-khoan', permission: 'accounts.read' },
  { key: 'settings', path: '/cai-dat', permission: 'fund.settings' },
  { key: 'audit', path: '/nhat-ky', permission: 'audit.read' },
  { key: 'exports', path: '/xuat', permission: 'exports.read' },
] as const satisfies readonly { key: string; path: string; permission: Permission }[]

export type RoomKey = (typeof ROOMS)[number]['key']

/** The address of a page of a fund's console, in Vietnamese. @param path within it, such as '/nguoi' */
export const consolePath = (fundSlug: string, path = ''): string => `/quan-tri/${fundSlug}${path}`

/** Something that waits for somebody: the text is `waiting.<key>` of the console's texts. */
export interface WaitingItem {
  key: WaitingKey
  count: number
  /** Within the fund's console. */
  path: string
}

export const WAITING_KEYS = [
  'statements',
  'lines',
  'texts',
  'unread',
  'days',
  'goods_awaited',
  'cheques',
  'cash_to_carry',
  'cash_reversals',
  'needsToCheck',
  'needsToPublish',
  'needSheets',
  'campaignsToReview',
  'campaignDrafts',
  'pictures',
  'refunds',
  'spends',
  'budget_changes',
  'advances',
  'own_advances',
  'to_hand_over',
  'without_paper',
  'spend_papers',
  'goods_papers',
  'to_release',
  'logos',
  'appointments',
  'accounts',
] as const
export type WaitingKey = (typeof WAITING_KEYS)[number]

/** Something that was found. */
export interface Hit {
  /** `search.<kind>` of the console's texts. */
  kind: HitKind
  title: string
  detail: string
  /** Vietnamese path. */
  path: string
}

export const HIT_KINDS = ['gift', 'receipt', 'line', 'spend', 'delivery', 'need', 'campaign', 'person'] as const
export type HitKind = (typeof HIT_KINDS)[number]
