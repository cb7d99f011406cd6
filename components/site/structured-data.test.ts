import { describe, expect, it } from 'vitest'
import type { CampaignView } from '@/lib/campaigns/model'
import { campaignData, crumbData, dataText } from './structured-data'

const SITE = { origin: 'https://example.org', locale: 'vi', isSample: false } as const

const campaign: CampaignView = {
  slug: 'ao-am-ba-vi',
  title: 'Áo ấm</script><script>alert(1)</script> & "em"\u2028',
  summary: 'Một <!-- câu',
  state: 'open',
  category: { key: 'ao-am', name: 'Áo ấm' },
  commune: { slug: 'ba-vi', name: 'Ba Vì', fullName: 'Xã Ba Vì', seed: '09694@2025-07-01', province: 'Hà Nội' },
  fund: { slug: 'ha-noi', name: 'Quỹ Bảo trợ trẻ em Hà Nội' },
  neededBy: '2026-12-22',
  ...{ goalVnd: 9_007_199_254_740_993n, receivedVnd: 1_000_000n, missingVnd: 9_007_199_253_740_993n, aboveGoalVnd: 0n },
  story: '',
  overflow: '',
  children: null,
  opensOn: '2026-11-01',
  isEmergency: false,
  gifts: 3,
  need: { schoolYear: 2026, quantity: null, unit: '', reportedOn: '2026-10-01', checkedOn: null, otherSources: [] },
  budget: [],
  latestGifts: [],
  steps: [],
}
const PICTURE = 'https://example.org/hinh/x.png'

describe('data for programs', () => {
  it('cannot end its block, and comes back as it was', () => {
    const data = [campaignData(SITE, campaign, PICTURE), crumbData(SITE, [{ href: '/xa', name: '<b>' }], { href: '/xa/x', name: ']]>' })]
    const text = dataText(data)
    expect(text).not.toMatch(/[<>&\u2028\u2029]/)
    expect(JSON.parse(text)).toEqual({ '@context': 'https://schema.org', '@graph': data })
  })

  it('tells sums to the đồng, and where to give while a campaign takes gifts', () => {
    const open = JSON.stringify(campaignData(SITE, campaign, PICTURE))
    expect(open).toContain('"value":"9007199254740993"')
    expect(open).toContain('"urlTemplate":"https://example.org/ung-ho/ao-am-ba-vi"')
    for (const state of ['funded', 'delivering', 'complete', 'closed'] as const) {
      expect(JSON.stringify(campaignData(SITE, { ...campaign, state }, PICTURE))).not.toContain('urlTemplate')
    }
  })

  it('says of a sample that it is one', () => {
    expect(campaignData(SITE, campaign, PICTURE)).not.toHaveProperty('disambiguatingDescription')
    expect(campaignData({ ...SITE, isSample: true }, campaign, PICTURE)).toHaveProperty('disambiguatingDescription')
  })

  it('counts the steps to a page, which is the last', () => {
    const { itemListElement } = crumbData({ ...SITE, locale: 'en' }, [{ href: '/en/xa', name: 'Communes' }], {
      href: '/en/xa/ba-vi',
      name: 'Ba Vì',
    })
    expect(itemListElement).toEqual([
      { '@type': 'ListItem', position: 1, name: 'Communes', item: 'https://example.org/en/xa' },
      { '@type': 'ListItem', position: 2, name: 'Ba Vì', item: 'https://example.org/en/xa/ba-vi' },
    ])
  })
})
