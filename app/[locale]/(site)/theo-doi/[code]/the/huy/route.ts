import { notedGiftPath } from '@/lib/cards/notes'
import { seeOther } from '@/lib/http/form'
import { isLocale } from '@/lib/i18n/locale'
import { normalizeCode } from '@/lib/pledges/codes'

/** A donor comes back from the card company's page without having paid. */
export async function GET(_request: Request, { params }: { params: Promise<{ locale: string; code: string }> }): Promise<Response> {
  const { locale, code } = await params
  return seeOther(notedGiftPath(isLocale(locale) ? locale : 'vi', normalizeCode(code), 'left'))
}
