import { CARD_NAMES, type CardName } from './cards'
import { knownCurrency, written } from './currencies'
import { type LineItem } from './shapes/checkout'
import { type Session } from './world'

const texts = {
  en: {
    title: 'Test payment',
    warning: 'This page stands in for Stripe. No card is asked for and no money moves.',
    email: 'E-mail',
    name: 'Name on the card',
    cancel: 'Back without paying',
    ended: 'This page is no longer open: it was paid or has expired.',
    buttons: {
      good: 'Pay with a good card',
      declined: 'Pay with a card that is declined',
      insufficient_funds: 'Pay with a card without enough money',
      async: 'Pay in a way that is confirmed later',
    } satisfies Record<CardName, string>,
  },
  vi: {
    title: 'Thanh toán thử',
    warning: 'Trang này thay cho Stripe khi thử. Không hỏi số thẻ và không có tiền nào được chuyển.',
    email: 'Email',
    name: 'Tên trên thẻ',
    cancel: 'Quay lại, không thanh toán',
    ended: 'Trang này đã đóng: đã thanh toán hoặc đã hết hạn.',
    buttons: {
      good: 'Thanh toán bằng thẻ hợp lệ',
      declined: 'Thanh toán bằng thẻ bị từ chối',
      insufficient_funds: 'Thanh toán bằng thẻ không đủ tiền',
      async: 'Thanh toán bằng cách được xác nhận sau',
    } satisfies Record<CardName, string>,
  },
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const languageOf = (session: Session | null): 'en' | 'vi' => (session?.locale === 'vi' ? 'vi' : 'en')

const document = (language: 'en' | 'vi', body: string): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${texts[language].title}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 30rem; margin: 2rem auto; padding: 0 1rem; color: #222; background: #fff }
label, input, button, a { display: block; box-sizing: border-box; width: 100% }
input, button { font: inherit; padding: .6rem; margin: .2rem 0 .8rem }
[role=alert] { color: #a00000 }
</style>
</head>
<body>
<main>
<h1>${texts[language].title}</h1>
<p><strong>${texts[language].warning}</strong></p>
${body}
</main>
</body>
</html>
`

/** The hosted page of an open session: plain forms, in Vietnamese or English. `problem` is what a bank said just before. */
export function sessionPage(session: Session, lines: LineItem[], problem: string | null): string {
  const language = languageOf(session)
  const { email, name, cancel, buttons } = texts[language]
  const currency = knownCurrency(session.currency ?? '')
  const items = lines.map((line) => `<li>${escaped(line.description ?? '')}: ${written(line.amount_total, currency)}</li>`)
  const choices = CARD_NAMES.map((card) => `<button name="card" value="${card}">${buttons[card]}</button>`)
  return document(
    language,
    [
      `<ul>${items.join('')}</ul>`,
      `<p>${written(session.amount_total ?? 0, currency)}</p>`,
      ...(problem === null ? [] : [`<p role="alert">${escaped(problem)}</p>`]),
      '<form method="post">',
      `<label for="email">${email}</label>`,
      `<input id="email" name="email" type="email" autocomplete="email" value="${escaped(session.customer_email ?? 'donor@example.com')}">`,
      `<label for="name">${name}</label>`,
      '<input id="name" name="name" autocomplete="cc-name" value="NGUYEN VAN A">',
      ...choices,
      '</form>',
      ...(session.cancel_url === null ? [] : [`<a href="${escaped(session.cancel_url)}">${cancel}</a>`]),
    ].join('\n'),
  )
}

/** What stands where a session is over, or never was. */
export function endedPage(session: Session | null): string {
  const language = languageOf(session)
  return document(language, `<p>${texts[language].ended}</p>`)
}
