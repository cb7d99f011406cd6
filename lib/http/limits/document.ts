import { localePath, LOCALES, type Locale } from '../../i18n/locale'
import { translator } from '../../i18n/translator'
import type { Refusal } from './budget'

const NAME = 'Từng Đồng'

/** A form that was sent and not taken: where to, and what it said; null where that could not be read. */
export interface SentForm {
  action: string
  fields: readonly (readonly [name: string, value: string])[] | null
}

/**
 * The page for who is turned away: what happened, that no money and nothing typed is lost, and when to try again.
 * First in the language of the address, then in the other. Like the page for faults it needs nothing that could be missing.
 * @param sent the form that was not taken; null where a page was only asked for
 */
export function limitDocument(locale: Locale, refusal: Refusal, sent: SentForm | null): string {
  const t = translator(locale, 'limits')
  const others = LOCALES.filter((other) => other !== locale)
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${t('title')} · ${NAME}</title>
<link rel="stylesheet" href="/error.css">
</head>
<body>
<main>
<p><a href="${localePath(locale, '/')}">${NAME}</a></p>
<h1>${t('title')}</h1>
${said(locale, refusal, sent)}
${sent?.fields ? again(sent.action, sent.fields, t('send')) : ''}<p>${sent ? '' : `<a href="">${t('again')}</a> · `}<a href="${localePath(locale, '/')}">${t('home')}</a></p>
${others.map((other) => `<section lang="${other}">\n<h2>${translator(other, 'limits')('title')}</h2>\n${said(other, refusal, sent)}\n</section>`).join('\n')}
</main>
</body>
</html>
`
}

function said(locale: Locale, { policy, scope, retrySeconds }: Refusal, sent: SentForm | null): string {
  const t = translator(locale, 'limits')
  const time = retrySeconds < 100 ? t('seconds', { count: retrySeconds }) : t('minutes', { count: Math.ceil(retrySeconds / 60) })
  return [
    `<p><strong>${scope === 'site' ? t('what.site') : t(`what.${policy}`)} ${t('when', { time })}</strong></p>`,
    ...(scope === 'site' ? [] : [`<p>${t('shared')}</p>`]),
    ...(policy === 'card' || policy === 'card-gift' ? [`<p>${t('transfer')}</p>`] : []),
    `<p>${t('money')}</p>`,
    ...(sent ? [`<p>${sent.fields ? t('typed') : t('back')}</p>`] : []),
  ].join('\n')
}

const again = (
  action: string,
  fields: readonly (readonly [string, string])[],
  label: string,
): string => `<form method="post" action="${escape(action)}">
${fields.map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`).join('\n')}
<p><button type="submit">${label}</button></p>
</form>
`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
