import type { Metadata, Viewport } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { serverContext } from '@/lib/context'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import '../globals.css'

/** Every page shows sums of this moment; the page cache before Next keeps the finished bytes. */
export const dynamic = 'force-dynamic'

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#1c2550' },
    { media: '(prefers-color-scheme: dark)', color: '#080c1f' },
  ],
}

interface Props {
  children: ReactNode
  params: Promise<{ locale: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!isLocale(locale)) return {}
  const t = translator(locale, 'site')
  return {
    metadataBase: new URL(serverContext().origin),
    title: { default: `${t('name')}: ${t('line')}`, template: `%s · ${t('name')}` },
    description: t('description'),
    applicationName: t('name'),
    formatDetection: { telephone: false, address: false, email: false, date: false },
  }
}

/** Faces that the first screen needs, asked for before the style sheet is read. */
const FIRST_FACES = [
  'be-vietnam-pro-latin-400',
  'be-vietnam-pro-vietnamese-400',
  'be-vietnam-pro-latin-600',
  'be-vietnam-pro-vietnamese-600',
]

export default async function RootLayout({ children, params }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  return (
    <html lang={locale}>
      <head>
        <link rel="manifest" href={localePath(locale, '/manifest.webmanifest')} />
        <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png" />
        {FIRST_FACES.map((face) => (
          <link key={face} rel="preload" href={`/fonts/${face}.woff2`} as="font" type="font/woff2" crossOrigin="anonymous" />
        ))}
      </head>
      <body>{children}</body>
    </html>
  )
}
