import { describe, expect, it } from 'vitest'
import { CAMPAIGN_STATES, canChangeState, isPublicState } from './states'

describe('campaign states', () => {
  it('goes one way, from draft to complete', () => {
    const way = ['draft', 'in_review', 'open', 'funded', 'delivering', 'complete'] as const
    for (const [index, from] of way.entries()) {
      for (const to of way.slice(index + 1)) expect(canChangeState(from, to), `${from} → ${to}`).toBe(to === way[index + 1])
    }
  })

  it('closes only what is public and not at its end', () => {
    expect(CAMPAIGN_STATES.filter((from) => canChangeState(from, 'closed'))).toEqual(['open', 'funded', 'delivering'])
  })

  it('leaves what is complete or closed as it is', () => {
    for (const to of CAMPAIGN_STATES) {
      expect(canChangeState('complete', to)).toBe(false)
      expect(canChangeState('closed', to)).toBe(false)
    }
  })

  it('never goes from public back to hidden', () => {
    for (const from of CAMPAIGN_STATES.filter(isPublicState)) {
      for (const to of CAMPAIGN_STATES.filter((state) => !isPublicState(state))) expect(canChangeState(from, to)).toBe(false)
    }
  })
})
