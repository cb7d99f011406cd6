import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NewFactorForm } from '@/components/console/new-factor'
import { PlainConsole } from '@/components/console/plain'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { beginFactor } from '@/lib/staff/sign-in/factors'
import { oneOf } from '../../open-console'
import { whoProves, type ProvingProps } from '../proving'

export async function generateMetadata({ params }: ProvingProps): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('factor.newTitle') } : {}
}

/** Sets up a second factor: the first one, or another one in its place for whoever has shown the old one. */
export default async function NewFactorRoute({ params, searchParams }: ProvingProps) {
  const { locale, context, staff } = await whoProves((await params).locale)
  const asked = await searchParams
  const goOn = oneOf(asked['tiep']) ?? ''
  const query = `?tiep=${encodeURIComponent(goOn)}`
  if (staff.hasFactor && !staff.isComplete) redirect(localePath(locale, `/quan-tri/xac-thuc${query}`))
  const t = translator(locale, 'console')
  const factor = await beginFactor(context, { staffId: staff.id, label: staff.email })
  const refusal = oneOf(asked['loi'])
  return (
    <PlainConsole locale={locale} path={`/quan-tri/xac-thuc/moi${query}`} title={t('factor.newTitle')}>
      <p>{t('factor.newLead')}</p>
      <NewFactorForm
        locale={locale}
        factor={factor}
        goOn={goOn}
        error={refusal ? t(refusal === 'nothing_begun' ? 'factor.nothing_begun' : 'factor.wrong_code') : null}
      />
    </PlainConsole>
  )
}
