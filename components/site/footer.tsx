import { band, HOUSE_SEED } from '@/components/weave/band'
import { BandStrip } from '@/components/weave/strip'
import type { FooterView } from '@/lib/home/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { together } from '@/lib/i18n/sentence'
import { translator } from '@/lib/i18n/translator'

/** The funds that answer, what can be checked today, and where the drawn boundaries come from. */
export function Footer({ locale, footer }: { locale: Locale; footer: FooterView }) {
  const t = translator(locale, 'site')
  return (
    <footer className="foot">
      <BandStrip band={band(HOUSE_SEED, { size: 'narrow' })} id="dai-chan" cell={2} />
      <div className="wrap">
        {footer.funds.map((fund) => (
          <section key={fund.slug}>
            <h2>{fund.name}</h2>
            <p>
              {fund.plans.map(({ number, from, to }) => (
                <span key={`${number}${from}`}>
                  {t(number ? 'footer.plan' : 'footer.planUnnumbered', { number: number ?? '', years: together(`${from}–${to}`) })}{' '}
                </span>
              ))}
              <a href={localePath(locale, `/quy/${fund.slug}`)} aria-label={`${t('footer.fund')}: ${fund.name}`}>
                {t('footer.fund')}
              </a>
            </p>
          </section>
        ))}
        <section>
          <h2>{t('footer.check')}</h2>
          <p>
            {t.rich('footer.checkText', {
              a: (text) => <a href={localePath(locale, '/tra-cuu')}>{text}</a>,
              b: (text) => <a href={localePath(locale, '/sao-ke')}>{text}</a>,
            })}
          </p>
          <p>
            <a href={localePath(locale, '/minh-bach')}>{t('footer.checkProof')}</a>
          </p>
        </section>
        <section>
          <h2>{t('footer.sources')}</h2>
          <p className="quiet">{t('footer.boundaries')}</p>
        </section>
      </div>
    </footer>
  )
}
