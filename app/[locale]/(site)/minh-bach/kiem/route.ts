import { setImmediate as pause } from 'node:timers/promises'
import { serverContext } from '@/lib/context'
import { cookie, readPosted, seeOther } from '@/lib/http/form'
import { createTurns } from '@/lib/http/turns'
import { isLocale, localePath } from '@/lib/i18n/locale'
import { checkFile } from '@/lib/receipts/check'
import { encodeTold, TOLD_COOKIE, TOLD_SECONDS } from '@/lib/receipts/kept'
import { holdChecked } from '@/lib/receipts/held'
import { askPublished, lookUpPaper } from '@/lib/receipts/look'
import { MOST_CHECKED_BYTES } from '@/lib/receipts/model'
import { CHECK_PATH } from '@/lib/receipts/paths'
import { tellChecked, tellPaper } from '@/lib/receipts/tell'
import { getTellTexts } from '@/lib/receipts/tell-texts'
import { getTrust } from '@/lib/receipts/trust'

interface Props {
  params: Promise<{ locale: string }>
}

/** One at a time, and few that wait, for each holds its file meanwhile. */
const turns = createTurns({ most: { ofAll: 1, ofOne: 1 }, mostWaiting: { ofAll: 8, ofOne: 8 } })

/** Checks a file for who has no JavaScript, and keeps nothing of it: what came of it goes with the visitor, in a cookie. */
export async function POST(request: Request, { params }: Props): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const path = localePath(locale, CHECK_PATH)
  const back = (query: string) => `${path}?tep=${query}#kiem-tep`
  const posted = await readPosted(request, MOST_CHECKED_BYTES)
  if (!posted.ok) return seeOther(back(posted.refusal === 'too_large' ? 'lon' : 'khong'))
  const file = posted.value.files['tep']
  const context = serverContext()
  const trust = await getTrust(context)
  if (!file || !trust) return seeOther(back('khong'))
  const texts = await getTellTexts(context, locale)
  const checking = turns.take(null, async () => {
    // Others are answered between two files.
    await pause()
    const checked = await holdChecked(checkFile(file.bytes, trust), askPublished(context))
    return checked.kind === 'file'
      ? tellPaper(checked.sha256, await lookUpPaper(context, trust, checked.sha256), texts, locale)
      : tellChecked(checked, texts, locale)
  })
  if (!checking) return seeOther(back('ban'))
  const told = await checking
  const isSecure = context.origin.startsWith('https:')
  return seeOther(back('xong'), [cookie(TOLD_COOKIE, encodeTold(told), { path, maxAgeSeconds: TOLD_SECONDS, isSecure })])
}
