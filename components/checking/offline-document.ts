import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { TellTexts, TrustTexts } from '@/lib/receipts/model'

const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#1c2550;background:#f6f3ea}
.drop{padding:1.5rem;border:2px dashed #8d8a7d}.drop.over{border-style:solid}label,input,button{display:block;margin:.5rem 0;max-width:100%;font:inherit}
.told{margin-top:1.5rem;padding:1rem;border-left:6px solid #8d8a7d;background:#fff}.told-right{border-color:#2f7a3d}.told-wrong{border-color:#a3232c}
.told-title{font-size:1.5rem;font-weight:700;margin:0}*{box-sizing:border-box}dl div{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,5fr);gap:.75rem}figure{margin:0}.quiet{color:#565c78;font-size:.85rem}dd,p{overflow-wrap:anywhere}dd{margin:0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.8rem}`

const KEYS = ['logKeys', 'witnessKeys', 'sealKeys'] as const

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign)

/**
 * One HTML file that checks receipts and proofs from a disk, without a network: the script, the keys and the sentences.
 * @param script text of public/js/check.js
 * @param site the site's own address
 */
export function offlineDocument({
  locale,
  trust,
  texts,
  script,
  site,
}: {
  locale: Locale
  trust: TrustTexts
  texts: TellTexts
  script: string
  site: string
}): string {
  const t = translator(locale, 'checking')
  const data = [
    ['locale', locale],
    ['texts', JSON.stringify(texts)],
    ['trust', JSON.stringify(trust)],
  ].map(([name = '', value = '']) => `data-${name}="${escaped(value)}"`)
  const keys = KEYS.filter((which) => trust[which].length > 0)
    .map((which) => [`<h3>${escaped(t(`key.${which}`))}</h3>`, ...trust[which].map((key) => `<pre>${escaped(key)}</pre>`)].join('\n'))
    .join('\n')
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(t('offline.title'))}</title>
<style>${STYLE}</style>
<main>
<h1>${escaped(t('offline.title'))}</h1>
<p>${escaped(t('offline.lead', { site }))}</p>
<h2>${escaped(t('file.title'))}</h2>
<form class="drop" data-check ${data.join(' ')}>
<label for="tep">${escaped(t('file.label'))}</label>
<input type="file" id="tep">
<button>${escaped(t('file.go'))}</button>
</form>
<div id="ket-qua" role="status"></div>
<h2>${escaped(t('key.title'))}</h2>
${keys}
</main>
<script>
${script.replaceAll('</script', '<\\/script')}</script>
</html>
`
}
