import { formatForeign } from '../../../../lib/money/currency'
import { formatVnd } from '../../../../lib/money/vnd'
import { knownCurrency } from '../currencies'

/** The languages of the site whose pages these stand beside. */
export type Language = 'vi' | 'en'

const texts = {
  vi: { banner: 'Trang thử, đóng vai Stripe.', nothing: 'Không hỏi số thẻ, không có tiền nào được chuyển.' },
  en: { banner: 'A test page that stands in for Stripe.', nothing: 'No card number is asked for, and no money moves.' },
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)

/** An amount in the smallest unit, as the site itself writes it. */
export function shown(amount: number, letters: string | null, language: Language): string {
  const currency = knownCurrency(letters ?? '')
  return currency === 'vnd' ? formatVnd(BigInt(amount), language) : formatForeign(BigInt(amount), currency, language)
}

/** A whole page in the site's look, which says at its head that it is not Stripe's. `body` is HTML. */
export const document = (language: Language, title: string, body: readonly string[]): string => `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${escaped(title)} · ${texts[language].banner}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/look.css">
</head>
<body>
<header><p><b>${texts[language].banner}</b> ${texts[language].nothing}</p></header>
<main>
${body.filter((line) => line !== '').join('\n')}
</main>
</body>
</html>
`
