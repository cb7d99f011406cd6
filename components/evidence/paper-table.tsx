import { FoldTable } from '@/components/ui/fold-table'
import type { PaperView } from '@/lib/evidence/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import { formatDay } from '@/lib/time/day'

interface Props {
  locale: Locale
  papers: PaperView[]
  /** Whether the list has papers of several spends and deliveries, which are then named. */
  isMixed?: boolean
}

/** Papers with where each stands: what was released, by whose office, and the hash by which anybody can check it. */
export function PaperTable({ locale, papers, isMixed = false }: Props) {
  const t = translator(locale, 'evidence')
  return (
    <>
      <FoldTable
        caption={t('papers')}
        rows={papers}
        rowKey={({ key }) => key}
        columns={[
          {
            key: 'paper',
            head: t('paper'),
            isRowHead: true,
            room: 'grow',
            cell: (paper) => <Paper locale={locale} paper={paper} isMixed={isMixed} />,
          },
          { key: 'state', head: t('state'), room: 'wide', cell: (paper) => <State locale={locale} paper={paper} /> },
        ]}
      />
      <p className="small quiet near3">{t('note')}</p>
    </>
  )
}

function Paper({
  locale,
  paper: { kind, datedOn, spend, delivery, state },
  isMixed,
}: {
  locale: Locale
  paper: PaperView
  isMixed: boolean
}) {
  const t = translator(locale, 'evidence')
  const name = t(`kinds.${kind}`)
  const day = formatDay(datedOn)
  return (
    <>
      {state.kind === 'shown' ? (
        <a href={state.path} aria-label={t('open', { kind: name, day })}>
          {name}
        </a>
      ) : (
        name
      )}
      <span className="sub">{t('dated', { day })}</span>
      {isMixed && spend !== null && <span className="sub">{t('ofSpend', { spend })}</span>}
      {isMixed && delivery && (
        <span className="sub">
          <a href={localePath(locale, `/dot-trao/${delivery.slug}`)}>{t('delivery', { day: formatDay(delivery.deliveredOn) })}</a>
        </span>
      )}
    </>
  )
}

function State({ locale, paper: { state } }: { locale: Locale; paper: PaperView }) {
  const t = translator(locale, 'evidence')
  switch (state.kind) {
    case 'waiting':
      return t('waiting')
    case 'withdrawn':
      return t('withdrawn', { day: formatDay(state.withdrawnOn), reason: state.reason })
    case 'shown':
      return (
        <>
          {t('released', { office: t(`offices.${state.releasedAs}`), day: formatDay(state.releasedOn) })}
          <span className="sub">{t('file', { size: formatCount(Math.ceil(state.bytes / 1_024), locale) })}</span>
          <span className="sub">
            SHA-256 <span className="hash">{state.sha256}</span>
          </span>
        </>
      )
  }
}
