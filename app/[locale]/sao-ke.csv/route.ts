import { serverContext } from '@/lib/context'
import { problem } from '@/lib/http/problem'
import { streamed } from '@/lib/http/streamed'
import { isLocale } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { LINE_PARAMETERS } from '@/lib/line-parameters'
import { linesAsCsv } from '@/lib/public-lines/csv'
import { getAsOf, listLineOptions } from '@/lib/public-lines/queries'
import { readLineQuery } from '@/lib/public-lines/schema'
import { isCutSearch } from '@/lib/public-lines/search'
import { dayOf } from '@/lib/time/day'

interface Props {
  params: Promise<{ locale: string }>
}

/** The lines that a page of the statement finds, all of them, as CSV: sent while they are read. */
export const GET = (request: Request, props: Props): Promise<Response> => answer(request, props, true)
/** What would be said of them; nothing is looked for. */
export const HEAD = (request: Request, props: Props): Promise<Response> => answer(request, props, false)

async function answer(request: Request, { params }: Props, isWhole: boolean): Promise<Response> {
  const { locale: language } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const asked = new URL(request.url).searchParams
  const strange = [...asked.keys()].filter((name) => !LINE_PARAMETERS.some((known) => known === name) || asked.getAll(name).length > 1)
  if (strange.length > 0)
    return problem(400, 'Unknown parameter', `Each of ${LINE_PARAMETERS.join(', ')} may be said once, and nothing else. Nothing was sent.`)
  const [options, { logSize }] = await Promise.all([listLineOptions(context, locale), getAsOf(context)])
  const { query, filter, errors } = readLineQuery(Object.fromEntries(asked), options, { today: dayOf(context.now()), logSize })
  if (!filter) {
    const wrong = Object.entries(errors).map(([name, error]) => `${name}: ${error}`)
    return problem(400, 'Parameters not understood', `${wrong.join(', ')}. Nothing was sent; ask again without them, or as /sao-ke does.`)
  }
  // What is incomplete is called so: a name of a file goes where it goes.
  const mark = (await isCutSearch(context.db, filter)) ? `-${translator(locale, 'lines')('csv.incomplete')}` : ''
  const csv = isWhole ? linesAsCsv(context, filter, { sort: query.sort, locale }) : undefined
  return new Response(csv && streamed(csv, request.signal), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="sao-ke-${dayOf(context.now())}${mark}.csv"`,
      'Cache-Control': 'no-store',
    },
  })
}
