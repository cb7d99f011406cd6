import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatMoment } from '@/lib/time/day'

/** Why a card page did not open, as the address of the page has it. */
export const CARD_PROBLEMS = ['som', 'cu', 'nhieu', 'tac'] as const
export type CardProblem = (typeof CARD_PROBLEMS)[number]

interface Props {
  locale: Locale
  code: string
  /** Pledged in another currency than đồng: it has to be changed before it can be transferred. */
  isForeign: boolean
  problem: CardProblem | null
  /** Null where nothing is asked just now. */
  work: { challenge: string; mostKeys: number; ticket: string; waitSeconds: number } | null
}

/** What is done before a card page opens. With JavaScript the button does the work first, without it waits. */
export function CardCheck({ locale, code, isForeign, problem, work }: Props) {
  const t = translator(locale, 'card-check')
  return (
    <>
      <div className="title">
        <h1>{t('title')}</h1>
        <p className="lead">{t(work ? 'lead' : 'calm.lead')}</p>
      </div>
      {problem && (
        <div className="problems near" id="loi" role="alert" tabIndex={-1}>
          <p>{t(`problem.${problem}`, { seconds: work?.waitSeconds ?? 0 })}</p>
        </div>
      )}
      <div className="two two-early sec">
        <form
          id="kiem-tra"
          action={localePath(locale, `/theo-doi/${code}/the/xac-minh/gui`)}
          method="post"
          // Some browsers put back what a form held before a reload: an old ticket is none.
          autoComplete="off"
          {...(work ? { 'data-challenge': work.challenge, 'data-most': work.mostKeys } : {})}
        >
          {work && (
            <>
              <p>{t('what')}</p>
              <input type="hidden" name="tinh" />
              <input type="hidden" name="cho" value={work.ticket} />
            </>
          )}
          <div className="acts">
            <button className="act" type="submit">
              {t('go')}
            </button>
            {work && (
              <button className="act act-2" type="button" data-role="stop" hidden>
                {t('stop')}
              </button>
            )}
          </div>
          {work && <Progress locale={locale} waitSeconds={work.waitSeconds} />}
        </form>
        <Transfer locale={locale} code={code} isForeign={isForeign} />
      </div>
    </>
  )
}

/** How far the work is, for eyes and ears; and the wait, for browsers that can't do it. */
function Progress({ locale, waitSeconds }: { locale: Locale; waitSeconds: number }) {
  const t = translator(locale, 'card-check')
  return (
    <>
      <p className="work near2" data-role="work" hidden>
        <label htmlFor="phep-tinh">{t('working')}</label>
        <progress id="phep-tinh" max="100" value="0" />
      </p>
      <p className="near2" role="status" data-role="status" data-done={t('done')} data-stopped={t('stopped')} data-cannot={t('cannot')} />
      <noscript>
        <p className="near2">{waitSeconds > 0 ? t('wait', { seconds: waitSeconds }) : t('waited')}</p>
      </noscript>
    </>
  )
}

interface PausedProps {
  locale: Locale
  code: string
  isForeign: boolean
  /** When cards are open again by themselves. */
  until: Date
}

/** Cards are closed for a while; transfers are not. */
export function CardsPaused({ locale, code, isForeign, until }: PausedProps) {
  const t = translator(locale, 'card-check')
  return (
    <>
      <div className="title">
        <h1>{t('paused.title')}</h1>
        <p className="lead">{t('paused.lead')}</p>
      </div>
      <div className="two two-early sec">
        <div>
          <p>{t('paused.until', { moment: formatMoment(until) })}</p>
          <p className="near2">
            <a className="hit" href={localePath(locale, `/theo-doi/${code}/the/xac-minh`)}>
              {t('paused.again')}
            </a>
          </p>
        </div>
        <Transfer locale={locale} code={code} isForeign={isForeign} />
      </div>
    </>
  )
}

function Transfer({ locale, code, isForeign }: { locale: Locale; code: string; isForeign: boolean }) {
  const t = translator(locale, 'card-check')
  return (
    <aside aria-labelledby="chuyen-khoan">
      <h2 className="head2" id="chuyen-khoan">
        {t('transfer.title')}
      </h2>
      <p>{isForeign ? t('transfer.foreign') : t('transfer.text', { code })}</p>
      <p className="near2">
        <a className="act act-3" href={localePath(locale, `/theo-doi/${code}${isForeign ? '?sua=co#sua' : ''}`)}>
          {isForeign ? t('transfer.change') : t('transfer.link', { code })}
        </a>
      </p>
    </aside>
  )
}
