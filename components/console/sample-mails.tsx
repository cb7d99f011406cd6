import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import type { KeptMail } from '@/lib/mail/model'
import { formatMoment } from '@/lib/time/day'

/** E-mails that were only written down, with their links to this site to be followed. */
export function SampleMails({ locale, mails, origin }: { locale: Locale; mails: KeptMail[]; origin: string }) {
  const t = translator(locale, 'console')
  if (mails.length === 0) return <p>{t('sample.mailsNone')}</p>
  return (
    <>
      <ul className="mails">
        {mails.map(({ at, to, subject, text }, index) => (
          <li key={index}>
            <p>
              <b>{subject}</b>
              <span className="sub">
                {t('sample.to', { to })}, {formatMoment(at)}
              </span>
            </p>
            <pre>
              {text.split(/(https?:\/\/\S+)/).map((part, at) =>
                part.startsWith(`${origin}/`) ? (
                  <a key={at} href={part.slice(origin.length)}>
                    {part}
                  </a>
                ) : (
                  part
                ),
              )}
            </pre>
          </li>
        ))}
      </ul>
      <p>
        <a href={localePath(locale, '/quan-tri/dang-nhap')}>{t('signIn.title')}</a>
      </p>
    </>
  )
}
