import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, test } from 'vitest'
import { CARD_NOTES, type CardNote, type CardOffer } from '@/lib/cards/model'
import type { CardState, GiftView } from '@/lib/pledges/model'
import { CardPayment } from './card-payment'
import { noteText } from './note-text'

const gift = (more: Partial<GiftView> = {}): GiftView => ({
  code: 'TD7K4MX9Q',
  state: 'open',
  method: 'card',
  pledged: { kind: 'vnd', amountVnd: 200_000n },
  card: null,
  createdAt: new Date('2026-11-23T03:00:00Z'),
  expiresAt: new Date('2026-11-30T03:00:00Z'),
  isCompany: false,
  isNamed: false,
  isPictured: false,
  publicName: 'Một nhà hảo tâm',
  isNameWaiting: false,
  message: null,
  isMessageWaiting: false,
  isErased: false,
  campaign: {
    ...{ slug: 'ao-am', title: 'Áo ấm', state: 'open', category: 'ao-am', categoryName: 'Áo ấm', neededBy: '2027-01-31' },
    ...{ goalVnd: 20_000_000n, receivedVnd: 0n, overflow: 'Quỹ chung.', isEmergency: false },
  },
  commune: { slug: 'ba-vi', fullName: 'Xã Ba Vì' },
  ...{ seed: '04930', receipt: null },
  fund: { slug: 'ha-noi', name: 'Quỹ Hà Nội' },
  account: null,
  gifts: [],
  changes: [],
  ...more,
})

const dollars: Partial<GiftView> = { pledged: { kind: 'foreign', currency: 'usd', amountMinor: 2_000n } }

interface Shown {
  gift?: Partial<GiftView>
  cards?: CardOffer
  isOwn?: boolean
  note?: CardNote | null
}

const html = ({ gift: more = {}, cards = 'open', isOwn = true, note = null }: Shown = {}) =>
  renderToStaticMarkup(
    <CardPayment
      {...{ locale: 'vi', gift: gift(more), cards, isOwn, isSample: false, note }}
      transfer={more.pledged?.kind === 'foreign' ? null : <p>QR</p>}
    />,
  )

const BUTTON = 'action="/theo-doi/TD7K4MX9Q/the"'

describe('how a pledge is paid by card', () => {
  test('is a button for who holds the key, with the transfer folded below', () => {
    expect(html()).toContain(BUTTON)
    expect(html()).toContain('Trả 200.000\u00a0₫ bằng thẻ')
    expect(html()).toMatch(/<details class="[^"]*"><summary>/)
    expect(html()).not.toContain('trừ')
  })

  test('is for nobody else, who may transfer', () => {
    expect(html({ isOwn: false })).not.toContain(BUTTON)
    expect(html({ isOwn: false })).toContain('đường dẫn riêng')
    expect(html({ isOwn: false })).toMatch(/<details class="[^"]*" open="">/)
  })

  test.each<CardState>(['processing', 'paid'])('is offered no more while it is %s, nor is a transfer', (card) => {
    for (const state of ['open', 'expired'] as const) {
      expect(html({ gift: { card, state } })).not.toMatch(/<form|<details|QR/)
    }
  })

  test('says of a page that failed or ended that nothing was charged, unless that was said above', () => {
    for (const card of ['failed', 'expired'] as const) {
      expect(html({ gift: { card } })).toContain('Không có khoản nào bị trừ')
      expect(html({ gift: { card } })).toContain(BUTTON)
      expect(html({ gift: { card }, note: 'left' })).not.toContain('Không có khoản nào bị trừ')
    }
  })

  test.each<[CardOffer, CardNote]>([
    ['paused', 'paused'],
    ['none', 'no_cards'],
  ])('where cards are %s is by transfer, said once', (cards, note) => {
    expect(html({ cards })).not.toContain(BUTTON)
    expect(html({ cards })).toContain(noteText('vi', gift(), note))
    expect(html({ cards })).toMatch(/<details class="[^"]*" open="">/)
    expect(html({ cards, note })).not.toContain(noteText('vi', gift(), note))
  })

  test('of dollars knows no transfer', () => {
    expect(html({ gift: dollars })).toContain('Thẻ bị trừ đúng 20,00\u00a0US$')
    expect(html({ gift: dollars })).not.toContain('<details')
    expect(html({ gift: dollars, cards: 'paused' })).not.toContain('Mời bạn chuyển khoản')
  })
})

test('each note is a sentence of its own in both languages, and gives no reason why a card was not accepted', () => {
  for (const locale of ['vi', 'en'] as const) {
    const said = CARD_NOTES.flatMap((note) => [noteText(locale, gift(), note), noteText(locale, gift(dollars), note)])
    expect(new Set(said).size).toBeGreaterThanOrEqual(CARD_NOTES.length)
    for (const text of said) expect(text).not.toMatch(/[{}]|insufficient|stolen|không đủ tiền|trộm/)
  }
})
