import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { formatCount } from '@/lib/money/vnd'
import type { FileState, FileView } from '@/lib/statements/model'
import { formatMoment } from '@/lib/time/day'

interface Props {
  locale: Locale
  fundSlug: string
  files: FileView[]
  /** Names of people by their ids. */
  names: ReadonlyMap<string, string>
}

const TAGS = {
  ...{ waiting: 'maybe', comparing: 'maybe', accepted: 'maybe', needs_mapping: 'maybe', read: 'maybe' },
  ...{ booked: 'sure', refused: 'none', thrown_away: 'none' },
} as const satisfies Record<FileState, string>

/** Files of a fund, with how far each is. */
export function FileList({ locale, fundSlug, files, names }: Props) {
  const t = translator(locale, 'statements')
  if (files.length === 0) return <p>{t('none')}</p>
  return (
    <FoldTable
      caption={t('title')}
      rows={files}
      rowKey={({ id }) => String(id)}
      columns={[
        {
          key: 'name',
          head: t('list.file'),
          isRowHead: true,
          room: 'wide',
          cell: ({ id, name }) => <a href={localePath(locale, consolePath(fundSlug, `/sao-ke/${id}`))}>{name}</a>,
        },
        {
          key: 'state',
          head: t('list.state'),
          room: 'grow',
          cell: ({ state }) => <span className={`tag ${TAGS[state]}`}>{t(`states.${state}`)}</span>,
        },
        {
          key: 'lines',
          head: t('list.lines'),
          isNumber: true,
          fold: t('list.lines'),
          cell: ({ linesRead }) => formatCount(linesRead, locale),
        },
        {
          key: 'when',
          head: t('list.when'),
          room: 'grow',
          cell: ({ uploadedAt, uploadedBy }) => (
            <>
              <time dateTime={uploadedAt.toISOString()}>{formatMoment(uploadedAt)}</time>
              <span className="sub">{names.get(uploadedBy) ?? uploadedBy}</span>
            </>
          ),
        },
      ]}
    />
  )
}
