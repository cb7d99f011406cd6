import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { PlainConsole } from '@/components/console/plain'
import { SampleSignIn } from '@/components/console/sample-sign-in'
import { SignInForm } from '@/components/console/sign-in-form'
import { readTyped } from '@/lib/console/typed'
import { serverContext } from '@/lib/context'
import { isLocale, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listSampleStaff } from '@/lib/staff/queries'
import { LINK_MINUTES } from '@/lib/staff/sign-in/next-auth'
import { oneOf } from '../open-console'

interface Props {
  params: Promise<{ locale: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  return isLocale(locale) ? { title: translator(locale, 'console')('signIn.title') } : {}
}

export default async function SignInRoute({ params, searchParams }: Props) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const asked = await searchParams
  const context = serverContext()
  const t = translator(locale, 'console')
  const goOn = oneOf(asked['tiep']) ?? ''
  const typed = readTyped(await headers())
  const said = whatIsSaid(locale, asked)
  return (
    <PlainConsole
      locale={locale}
      path={`/quan-tri/dang-nhap?tiep=${encodeURIComponent(goOn)}`}
      title={t('signIn.title')}
      problem={said ? said : null}
    >
      <p>{t('signIn.lead')}</p>
      <SignInForm
        locale={locale}
        goOn={goOn}
        email={typed?.fields['email'] ?? ''}
        error={oneOf(asked['loi']) === 'o' ? t('signIn.wrongEmail') : null}
      />
      {context.installation.kind === 'sample' && (
        <SampleSignIn locale={locale} goOn={goOn} people={await listSampleStaff(context, locale)} />
      )}
    </PlainConsole>
  )
}

/** Why somebody finds themselves here, where they did not come by themselves. */
function whatIsSaid(locale: Locale, asked: Awaited<Props['searchParams']>): string | null {
  const t = translator(locale, 'console')
  if (oneOf(asked['loi']) === 'duong-dan') return t('signIn.badLink', { minutes: LINK_MINUTES })
  if (oneOf(asked['loi']) === 'ma') return t('signIn.tooMany')
  if (oneOf(asked['ra']) === '1') return t('signIn.left')
  if (oneOf(asked['ra']) === 'moi-may') return t('signIn.leftEverywhere')
  return oneOf(asked['can']) === '1' && oneOf(asked['tiep']) !== '/quan-tri' ? t('signIn.needed') : null
}
