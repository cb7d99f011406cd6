import type { Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

interface Props {
  locale: Locale
  /** Id of who is signed in: files that another person left on this machine are not theirs to send. */
  me: string
  /** Where chunks of this page's forms are sent; what was left by another page knows its own. */
  action?: string
}

/** Where a script says how far files have come that it sends in chunks (public/js/uploads.js). Without it, forms send them. */
export function UploadTold({ locale, me, action }: Props) {
  const t = translator(locale, 'handover')
  return (
    <p
      className="hint"
      role="status"
      data-uploads={action ?? ''}
      data-me={me}
      data-sending={t('uploads.sending', { percent: '{percent}' })}
      data-waiting={t('uploads.waiting')}
      data-signed-out={t('uploads.signedOut')}
      data-refused={t('uploads.refused')}
    />
  )
}
