import { describe, expect, it } from 'vitest'
import { campaignListPath, readCampaignFilter } from './schema'
import { campaignSums, fundBudget } from './model'

const options = {
  funds: [{ slug: 'ha-noi', name: 'Hà Nội' }],
  communes: [{ slug: 'ba-vi', name: 'Ba Vì' }],
  categories: [{ key: 'ao-am', name: 'Áo ấm' }],
}

describe('the filter of campaigns', () => {
  it('reads what an address asks for, and writes it back the same', () => {
    const parameters = { quy: 'ha-noi', xa: 'ba-vi', loai: 'ao-am', 'trang-thai': 'dang-nhan', xep: 'gan-du', trang: '2' }
    const { filter, ignored, isTidy } = readCampaignFilter(parameters, options)
    expect(filter).toEqual({ fund: 'ha-noi', commune: 'ba-vi', category: 'ao-am', state: 'open', sort: 'progress', page: 2 })
    expect(ignored).toEqual([])
    expect(isTidy).toBe(true)
    expect(campaignListPath(filter)).toBe('/chien-dich?quy=ha-noi&xa=ba-vi&loai=ao-am&trang-thai=dang-nhan&xep=gan-du&trang=2')
  })

  it('leaves out what names nothing, and says so', () => {
    const parameters = { quy: 'sao-hoa', xa: ['ba-vi', 'ba-vi'], 'trang-thai': 'draft', xep: 'constructor', trang: '-1', loai: "' or 1=1" }
    const { filter, ignored } = readCampaignFilter(parameters, options)
    expect(filter).toEqual({ fund: null, commune: null, category: null, state: null, sort: 'need', page: 1 })
    expect(ignored).toEqual(['quy', 'xa', 'loai', 'trang-thai', 'xep', 'trang'])
  })

  it('knows an address that says more than it must', () => {
    expect(readCampaignFilter({ quy: '', xep: 'can-nhat' }, options)).toMatchObject({ ignored: [], isTidy: false })
    expect(readCampaignFilter({ fbclid: 'x' }, options)).toMatchObject({ ignored: [], isTidy: true })
    expect(campaignListPath({})).toBe('/chien-dich')
  })
})

describe('a budget', () => {
  it('is paid for from the top, unit by unit', () => {
    const lines = [
      { unitPriceVnd: 100n, quantity: 3 },
      { unitPriceVnd: 50n, quantity: 2 },
    ]
    const funded = (receivedVnd: bigint) => fundBudget(lines, receivedVnd).map((line) => [line.fundedUnits, line.towardsNextVnd])
    expect(funded(0n)).toEqual([
      [0, 0n],
      [0, 0n],
    ])
    expect(funded(299n)).toEqual([
      [2, 99n],
      [0, 0n],
    ])
    expect(funded(310n)).toEqual([
      [3, 0n],
      [0, 10n],
    ])
    expect(funded(9999n)).toEqual([
      [3, 0n],
      [2, 0n],
    ])
  })

  it('tells what is missing from what came above the goal', () => {
    const goal = { goalVnd: 100n, wholeVnd: 100n }
    expect(campaignSums(100n, 30n, 'open')).toEqual({ ...goal, receivedVnd: 30n, missingVnd: 70n, aboveGoalVnd: 0n })
    expect(campaignSums(100n, 130n, 'open')).toEqual({ ...goal, receivedVnd: 130n, missingVnd: 0n, aboveGoalVnd: 30n })
  })

  it('misses nothing of what is complete, though it cost less than was planned', () => {
    const took = { receivedVnd: 95n, missingVnd: 0n, aboveGoalVnd: 0n, wholeVnd: 95n }
    expect(campaignSums(100n, 95n, 'complete')).toEqual({ goalVnd: 100n, ...took })
    expect(campaignSums(100n, 95n, 'closed').missingVnd).toBe(5n)
  })
})
