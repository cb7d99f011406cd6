import { localePath, type Locale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'

/** One quiet line beside the form for money: the way to give goods or a service. */
export function GoodsLink({ locale, slug }: { locale: Locale; slug: string }) {
  return (
    <p className="small near2">
      {translator(locale, 'goods').rich('link.give', {
        a: (text) => <a href={localePath(locale, `/ung-ho/${slug}/hien-vat`)}>{text}</a>,
      })}
    </p>
  )
}
