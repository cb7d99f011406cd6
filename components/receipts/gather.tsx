import { Field } from '@/components/ui/field'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { ApartGift } from '@/lib/receipts/model'

/** What came of gathering, a moment ago. */
export type GatherNote = 'gathered' | 'left' | 'closed' | 'full' | 'long'

interface Props {
  locale: Locale
  /** Of the statement, whose own the browser holds. */
  code: string
  year: string
  /** Other codes that were gathered: on this statement, or why not. */
  joined: readonly string[]
  apart: readonly ApartGift[]
  /** Whether the statement's own code was gathered too, so that the statements of the others have it. */
  isGathered: boolean
  note: GatherNote | null
  /** Links that opened nothing. */
  typed: string
  /** There were more than could be kept. */
  isTypedCut: boolean
  mostTyped: number
  most: number
  /** Vietnamese paths of what belongs to a code. */
  paths: { gather: string; leave: string; statement: (code: string) => string }
}

/** Where a donor puts their other gifts on the statement: by the private link of each, since a code is known to everybody. */
export function Gather({ locale, code, year, joined, apart, isGathered, note, typed, isTypedCut, mostTyped, most, paths }: Props) {
  const t = translator(locale, 'receipts')
  const others = [...joined.map((other) => ({ code: other, why: null })), ...apart]
  const wrong = note === 'closed' || note === 'full' || note === 'long' ? t(`gather.${note}`, { most: String(most) }) : null
  const error = wrong !== null && isTypedCut ? `${wrong} ${t('gather.cut')}` : wrong
  const [gather, leave] = [paths.gather, paths.leave].map((path) => `${localePath(locale, path)}?nam=${year}`)
  return (
    <section className="own sec no-print" id="gop" aria-labelledby="gop-h">
      <h2 className="head2" id="gop-h">
        {t('gather.title')}
      </h2>
      {(note === 'gathered' || note === 'left') && (
        <p className="saved" role="status">
          {t(`gather.${note}`)}
        </p>
      )}
      <p>{t('gather.lead')}</p>
      {others.length > 0 && (
        <form action={leave} method="post" className="near2">
          <ul className="gathered">
            {others.map(({ code: other, why }) => (
              <li key={other}>
                <span>
                  <b className="code">{other}</b> {t(why === null ? 'gather.here' : `gather.apart.${why}`, { year })}{' '}
                  {(why === 'fund' || why === 'giver' || why === 'nameless' || why === 'room') && (
                    <a href={localePath(locale, paths.statement(other))}>{t('gather.itsOwn')}</a>
                  )}
                </span>
                <button className="act act-2" name="bo" value={other} aria-label={t('gather.leaveOne', { code: other })}>
                  {t('gather.leave')}
                </button>
              </li>
            ))}
          </ul>
          <p className="near3">
            <button className="act act-2" name="bo" value="het">
              {t('gather.leaveAll')}
            </button>
          </p>
        </form>
      )}
      <form action={gather} method="post" className="near2" noValidate>
        <Field name="links" label={t('gather.links')} hint={t('gather.hint')} error={error}>
          {(control) => (
            <textarea
              {...control}
              rows={4}
              defaultValue={typed}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              maxLength={mostTyped}
            />
          )}
        </Field>
        <p className="near3">
          <button className="act act-3">{t('gather.do')}</button>
        </p>
      </form>
      {isGathered ? (
        <p className="small quiet near2">{t('gather.taken', { code })}</p>
      ) : (
        <form action={gather} method="post" className="near2">
          <p className="small">{t('gather.takeNote')}</p>
          <p className="near3">
            <button className="act act-2">{t('gather.take', { code })}</button>
          </p>
        </form>
      )}
    </section>
  )
}
