import { FoldTable } from '@/components/ui/fold-table'
import { consolePath } from '@/lib/console/model'
import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { WaitingText } from '@/lib/pledge-desk/model'

/** Names and messages that wait for a person, each with what can be said of it. */
export function WaitingTexts({ locale, fundSlug, rows }: { locale: Locale; fundSlug: string; rows: WaitingText[] }) {
  const t = translator(locale, 'pledge-desk')
  const own = (path: string) => localePath(locale, consolePath(fundSlug, path))
  return (
    <section aria-labelledby="cho-xem">
      <h2 id="cho-xem">{t('waiting.title')}</h2>
      <p className="small">{t('waiting.lead')}</p>
      <form method="post" action={own('/cam-ket/xem-chu')}>
        <FoldTable
          caption={t('waiting.title')}
          rows={rows}
          rowKey={({ code, field }) => `${code} ${field}`}
          columns={[
            { key: 'text', head: t('waiting.text'), isRowHead: true, room: 'grow', cell: ({ text }) => <b>{text}</b> },
            {
              key: 'field',
              head: t('waiting.what'),
              cell: ({ field, isCompany }) => t(field === 'message' ? 'waiting.message' : isCompany ? 'waiting.company' : 'waiting.name'),
            },
            {
              key: 'code',
              head: t('columns.code'),
              cell: ({ code }) => (
                <a className="code" href={own(`/cam-ket/${code}`)}>
                  {code}
                </a>
              ),
            },
            {
              key: 'acts',
              head: <span className="vh">{t('waiting.decide')}</span>,
              cell: ({ code, field, seen, text }) => (
                <span className="acts-row">
                  {(['shown', 'refused'] as const).map((verdict) => (
                    <button key={verdict} className="act act-2 act-row" name="viec" value={`${verdict} ${code} ${field} ${seen}`}>
                      {t(`waiting.${verdict}`)}
                      <span className="vh"> {text}</span>
                    </button>
                  ))}
                </span>
              ),
            },
          ]}
        />
      </form>
    </section>
  )
}
