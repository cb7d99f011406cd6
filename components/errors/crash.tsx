import { localePath, type Locale } from '@/lib/i18n/locale'
import { errors as en } from '@/lib/i18n/messages/en/errors'
import { errors as vi } from '@/lib/i18n/messages/vi/errors'

/** The page for a fault of ours. It reads its texts straight, so that nothing it needs can fail with the rest. */
export function Crash({ locale }: { locale: Locale }) {
  const { crash } = locale === 'vi' ? vi : en
  return (
    <>
      <div className="title">
        <h1>{crash.title}</h1>
        <p className="lead">{crash.lead}</p>
      </div>
      <p className="near2">{crash.money}</p>
      <p className="near3">{crash.form}</p>
      <p className="acts">
        <a className="act act-3" href={localePath(locale, '/')}>
          {crash.home}
        </a>
      </p>
    </>
  )
}
