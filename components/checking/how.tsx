import { Fragment } from 'react'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { TrustTexts } from '@/lib/receipts/model'

const ITEMS = ['entry', 'tree', 'sign', 'line', 'name'] as const
const NOT_ITEMS = ['complete', 'pooled', 'world'] as const

interface HowProps {
  locale: Locale
  /** Witnesses whose keys are known. */
  witnesses: number
  isSample: boolean
}

/** In words: what is proved, and what is not. */
export function HowItIsProved({ locale, witnesses, isSample }: HowProps) {
  const t = translator(locale, 'checking')
  return (
    <section className="sec" aria-labelledby="chung-minh">
      <h2 className="head2" id="chung-minh">
        {t('how.title')}
      </h2>
      <ul className="rules near">
        {ITEMS.map((item) => (
          <li key={item}>{t(`how.items.${item}`)}</li>
        ))}
        <li>{t(`how.witness.${witnesses === 0 ? 'none' : isSample ? 'sample' : 'others'}`, { count: witnesses })}</li>
      </ul>
      <h3 className="near">{t('how.not')}</h3>
      <ul className="rules near2">
        {NOT_ITEMS.map((item) => (
          <li key={item}>{t(`how.notItems.${item}`)}</li>
        ))}
      </ul>
    </section>
  )
}

interface KeyProps {
  locale: Locale
  trust: TrustTexts
  /** Entries that the newest checkpoint speaks of. */
  size: number
}

/** The keys, to be kept elsewhere. */
export function Keys({ locale, trust, size }: KeyProps) {
  const t = translator(locale, 'checking')
  return (
    <section className="sec" aria-labelledby="khoa">
      <h2 className="head2" id="khoa">
        {t('key.title')}
      </h2>
      <p className="near">{t('key.lead')}</p>
      {(['logKeys', 'witnessKeys', 'sealKeys'] as const).map(
        (which) =>
          trust[which].length > 0 && (
            <div key={which} className="near2">
              <h3>{t(`key.${which}`)}</h3>
              {which === 'witnessKeys' && <p>{t('key.witnessLead')}</p>}
              {trust[which].map((key) => (
                <Fragment key={key}>
                  <pre className="raw">{key}</pre>
                  {trust.endedLogKeys[key] !== undefined && (
                    <p className="small quiet">{t('key.ended', { size: formatCount(trust.endedLogKeys[key], locale) })}</p>
                  )}
                </Fragment>
              ))}
            </div>
          ),
      )}
      <p className="near2">
        {t('key.size', { size: formatCount(size, locale) })}. <a href="/log/checkpoint">{t('key.checkpoint')}</a>
      </p>
    </section>
  )
}

/** The script that checks: to be read, and to be taken along. */
export function TheScript({ locale, lines, sha256 }: { locale: Locale; lines: number; sha256: string }) {
  const t = translator(locale, 'checking')
  return (
    <section className="sec" aria-labelledby="ma-kiem">
      <h2 className="head2" id="ma-kiem">
        {t('script.title')}
      </h2>
      <p className="near">
        {t('script.text', { lines: formatCount(lines, locale) })} <a href="/js/check.js">{t('script.source')}</a>
      </p>
      <p className="near2">{t('script.hash')}:</p>
      <pre className="raw">{sha256}</pre>
      <p className="near2">
        <a className="act act-2" href={localePath(locale, '/minh-bach/ngoai-tuyen.html')} download="kiem-tung-dong.html">
          {t('script.offline')}
        </a>
      </p>
      <p className="near2">{t('script.offlineText')}</p>
    </section>
  )
}

/** The way to tools that others wrote. */
export function OwnTools({ locale }: { locale: Locale }) {
  const t = translator(locale, 'checking')
  return (
    <section className="sec" aria-labelledby="cong-cu">
      <h2 className="head2" id="cong-cu">
        {t('own.title')}
      </h2>
      <p className="near">{t('own.lead')}</p>
      <p className="near2">
        <a href={localePath(locale, '/minh-bach/cong-cu')}>{t('own.link')}</a>
      </p>
    </section>
  )
}
