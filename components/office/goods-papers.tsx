import { consolePath } from '@/lib/console/model'
import type { WaitingGoodsPaper } from '@/lib/evidence/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  papers: WaitingGoodsPaper[]
}

/** Papers of goods that whoever looks may release, each with the way to its gift. Nothing where none waits. */
export function GoodsPapersWaiting({ locale, fundSlug, papers }: Props) {
  const t = translator(locale, 'office')
  const said = translator(locale, 'handover')
  if (papers.length === 0) return null
  return (
    <section className="pane" aria-labelledby="giay-cho">
      <h2 id="giay-cho">{t('goods.papersTitle')}</h2>
      <p className="small">{t('goods.papersLead')}</p>
      <ul className="waiting">
        {papers.map(({ key, code, kind, datedOn }) => (
          <li key={key}>
            <a href={localePath(locale, consolePath(fundSlug, `/hien-vat/${code}#giay`))}>
              {t('goods.one', { code })}: {said('papersPart.line', { kind: said(`kinds.${kind}`), day: formatDay(datedOn) })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}
