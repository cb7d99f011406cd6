import { CARD_NAMES, type CardName } from '../cards'
import { type LineItem } from '../shapes/checkout'
import { type Session } from '../world'
import { document, escaped, type Language, shown } from './document'

const texts = {
  vi: {
    title: 'Trả tiền ủng hộ',
    email: 'Thư điện tử',
    name: 'Tên trên thẻ',
    how: 'Chọn thẻ sẽ cư xử thế nào',
    cancel: 'Quay lại, không trả',
    back: 'Quay lại trang của quỹ',
    none: 'Không có trang thanh toán nào ở địa chỉ này.',
    expired: 'Trang thanh toán này đã hết hạn. Không có khoản nào bị trừ.',
    complete: 'Khoản này đã trả xong, hoặc đang chờ ngân hàng xác nhận.',
    buttons: {
      good: 'Trả bằng thẻ hợp lệ',
      declined: 'Thử thẻ bị từ chối',
      insufficient_funds: 'Thử thẻ không đủ tiền',
      async: 'Trả theo cách ngân hàng xác nhận sau',
    } satisfies Record<CardName, string>,
    declines: {
      declined: 'Thẻ của bạn bị từ chối. Hãy thử thẻ khác.',
      insufficient_funds: 'Thẻ của bạn không đủ tiền. Hãy thử thẻ khác.',
    },
  },
  en: {
    title: 'Pay a donation',
    email: 'E-mail',
    name: 'Name on the card',
    how: 'Choose how the card will behave',
    cancel: 'Back without paying',
    back: 'Back to the fund’s site',
    none: 'There is no payment page at this address.',
    expired: 'This payment page has expired. Nothing was charged.',
    complete: 'This was paid, or waits until a bank confirms it.',
    buttons: {
      good: 'Pay with a good card',
      declined: 'Try a card that is declined',
      insufficient_funds: 'Try a card without enough money',
      async: 'Pay in a way that a bank confirms later',
    } satisfies Record<CardName, string>,
    declines: {
      declined: 'Your card was declined. Try another one.',
      insufficient_funds: 'Your card has insufficient funds. Try another one.',
    },
  },
}

const languageOf = (session: Session | null): Language => (session?.locale === 'vi' ? 'vi' : 'en')

/** What the page says of a card that was not accepted just before. */
export type Declined = keyof (typeof texts)['vi']['declines']

/** The hosted page of an open session: plain forms, in Vietnamese or English. */
export function sessionPage(session: Session, lines: readonly LineItem[], payee: string, declined: Declined | null): string {
  const language = languageOf(session)
  const { title, email, name, how, cancel, buttons, declines } = texts[language]
  const items = lines.map(
    (line) => `<li>${escaped(line.description ?? '')} <b>${shown(line.amount_total, session.currency, language)}</b></li>`,
  )
  return document(language, title, [
    `<p class="payee">${escaped(payee)}</p>`,
    `<h1>${shown(session.amount_total ?? 0, session.currency, language)}</h1>`,
    `<ul class="lines">${items.join('')}</ul>`,
    declined === null ? '' : `<p class="alert" role="alert">${declines[declined]}</p>`,
    '<form method="post">',
    `<p><label for="email">${email}</label>`,
    `<input id="email" name="email" type="email" autocomplete="email" value="${escaped(session.customer_email ?? 'donor@example.com')}"></p>`,
    `<p><label for="name">${name}</label>`,
    '<input id="name" name="name" autocomplete="cc-name" value="NGUYEN VAN A"></p>',
    `<fieldset><legend>${how}</legend>`,
    ...CARD_NAMES.map((card) => `<button name="card" value="${card}">${buttons[card]}</button>`),
    '</fieldset>',
    '</form>',
    session.cancel_url === null ? '' : `<p><a href="${escaped(session.cancel_url)}">${cancel}</a></p>`,
  ])
}

/** What stands where a session is over, or never was. */
export function endedPage(session: Session | null): string {
  const language = languageOf(session)
  const t = texts[language]
  const said = session === null ? t.none : session.status === 'expired' ? t.expired : t.complete
  const back = session?.status === 'expired' ? session.cancel_url : (session?.success_url ?? null)
  return document(language, t.title, [
    `<h1>${t.title}</h1>`,
    `<p>${said}</p>`,
    back === null ? '' : `<p><a href="${escaped(back)}">${t.back}</a></p>`,
  ])
}
