import { localePath, type Locale } from '../i18n/locale'
import { errors as en } from '../i18n/messages/en/errors'
import { errors as vi } from '../i18n/messages/vi/errors'

const NAME = 'Từng Đồng'

/**
 * A whole page for a fault of ours, for the server to send with status 500 when nothing else can be rendered.
 * It needs no script, no database and no build: what failed can't fail it too. Its style sheet stands in `public`,
 * and it reads well without one.
 */
export function errorDocument(locale: Locale): string {
  const { crash } = locale === 'vi' ? vi : en
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${crash.title} · ${NAME}</title>
<link rel="stylesheet" href="/error.css">
</head>
<body>
<main>
<p><a href="${localePath(locale, '/')}">${NAME}</a></p>
<h1>${crash.title}</h1>
<p><strong>${crash.lead}</strong></p>
<p>${crash.money}</p>
<p>${crash.form}</p>
<p><a href="">${crash.again}</a> · <a href="${localePath(locale, '/')}">${crash.home}</a></p>
</main>
</body>
</html>
`
}
