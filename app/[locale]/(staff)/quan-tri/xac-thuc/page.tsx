import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { CodeForm } from '@/components/console/code-form'
import { PlainConsole } from '@/components/console/plain'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { oneOf } from '../open-console'
import { goOnPath } from '../sign-in-path'
import { whoProves, type ProvingProps } from './proving'

export async function generateMetadata({ params }: ProvingProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('factor.title') } : {}
}

export default async function FactorRoute({ params, searchParams }: ProvingProps) {
  const { locale, staff } = await whoProves((await params).locale)
  const asked = await searchParams
  const goOn = oneOf(asked['tiep']) ?? ''
  if (staff.isComplete) redirect(goOnPath(locale, goOn))
  if (!staff.hasFactor) redirect(localePath(locale, `/quan-tri/xac-thuc/moi?tiep=${encodeURIComponent(goOn)}`))
  const t = translator(locale, 'console')
  return (
    <PlainConsole locale={locale} path={`/quan-tri/xac-thuc?tiep=${encodeURIComponent(goOn)}`} title={t('factor.title')}>
      <p>{t('factor.lead')}</p>
      <CodeForm
        locale={locale}
        action="/quan-tri/xac-thuc/gui"
        label={t('factor.code')}
        goOn={goOn}
        error={oneOf(asked['loi']) ? t('factor.wrong_code') : null}
      />
      <p className="quiet">{t('factor.lost')}</p>
    </PlainConsole>
  )
}
