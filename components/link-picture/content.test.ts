import { describe, expect, it } from 'vitest'
import type { CampaignItem } from '@/lib/campaigns/model'
import { campaignPicture, housePicture, linkPicture, pictureVersion } from './content'

const campaign: CampaignItem = {
  slug: 'ao-am-ba-vi',
  title: 'Áo ấm',
  summary: '',
  state: 'open',
  takesGifts: true,
  category: { key: 'ao-am', name: 'Áo ấm' },
  commune: { slug: 'ba-vi', name: 'Ba Vì', fullName: 'Xã Ba Vì', seed: '09694@2025-07-01' },
  fund: { slug: 'ha-noi', name: 'Quỹ' },
  neededBy: '2026-12-22',
  ...{ goalVnd: 10_000_000n, receivedVnd: 4_000_000n, missingVnd: 6_000_000n, aboveGoalVnd: 0n, wholeVnd: 10_000_000n },
}

describe('the picture of a link', () => {
  it('has a new address when what it shows changes, and only then', () => {
    const version = pictureVersion(campaignPicture(campaign, 'vi'))
    expect(pictureVersion(campaignPicture({ ...campaign, summary: 'Câu khác' }, 'vi'))).toBe(version)
    const changed = [
      campaignPicture({ ...campaign, receivedVnd: 4_000_001n, missingVnd: 5_999_999n }, 'vi'),
      campaignPicture({ ...campaign, title: 'Áo' }, 'vi'),
      campaignPicture({ ...campaign, state: 'funded', takesGifts: false }, 'vi'),
      campaignPicture(campaign, 'en'),
    ].map(pictureVersion)
    expect(new Set([version, ...changed]).size).toBe(5)
  })

  it('stands under its language, and says in words what it shows', () => {
    expect(linkPicture(housePicture('vi')).path).toMatch(/^\/hinh\/trang\/tung-dong\.png\?v=[\w-]{10}$/)
    const { path, alt } = linkPicture(campaignPicture(campaign, 'en'))
    expect(path).toMatch(/^\/en\/hinh\/chien-dich\/ao-am-ba-vi\.png\?v=[\w-]{10}$/)
    expect(alt).toContain('₫6,000,000')
  })
})
