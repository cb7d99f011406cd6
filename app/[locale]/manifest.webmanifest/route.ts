import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

const ICONS = [192, 512].map((size) => ({ src: `/icons/icon-${size}.png`, sizes: `${size}x${size}`, type: 'image/png' }))

/** What a phone puts on its first screen (W3C Web Application Manifest). */
export async function GET(_request: Request, { params }: { params: Promise<{ locale: string }> }): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const t = translator(locale, 'site')
  const manifest = {
    id: localePath(locale, '/'),
    lang: locale,
    dir: 'ltr',
    name: `${t('name')}: ${t('line')}`,
    short_name: t('name'),
    description: t('description'),
    start_url: localePath(locale, '/'),
    scope: '/',
    display: 'minimal-ui',
    background_color: '#f4f1e6',
    theme_color: '#1c2550',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      ...ICONS,
      // The ground reaches to the edge and the mark keeps to the middle: it may be cut to any shape.
      ...ICONS.map((icon) => ({ ...icon, purpose: 'maskable' })),
    ],
  }
  return new Response(JSON.stringify(manifest), { headers: { 'Content-Type': 'application/manifest+json; charset=utf-8' } })
}
