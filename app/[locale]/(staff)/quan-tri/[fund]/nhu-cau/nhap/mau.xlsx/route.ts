import { staffAsking } from '@/lib/console/asked'
import { serverContext } from '@/lib/context'
import { isLocale, pick } from '@/lib/i18n/locale'
import { translator } from '@/lib/i18n/translator'
import { listNeedYears } from '@/lib/needs/desk'
import { reportPlaces } from '@/lib/needs/judge'
import { writeNeedTemplate } from '@/lib/needs/sheet'
import { communesOf, isAllowedSomewhere } from '@/lib/staff/permissions'

interface Props {
  params: Promise<{ locale: string; fund: string }>
}

/** The sheet that communes fill in: a row for each commune and category of the fund. */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { locale: language, fund: slug } = await params
  const locale = isLocale(language) ? language : 'vi'
  const context = serverContext()
  const staff = await staffAsking(context, request.headers, locale)
  const fund = staff?.isComplete ? staff.funds.find((one) => one.slug === slug) : undefined
  if (!staff || !fund || !isAllowedSomewhere(staff.roles, 'needs.import', fund.id))
    return new Response(null, { status: 404, headers: { 'Cache-Control': 'private, no-store' } })
  const [programme] = (await listNeedYears(context, fund.id, locale)).programmes
  const { communes, categories } = await reportPlaces(context.db, programme?.id ?? 0)
  const own = communesOf(staff.roles, 'needs.import', fund.id)
  const rows = communes
    .filter(({ id }) => own === 'all' || own.has(id))
    .flatMap(({ code, fullNameVi }) =>
      categories.map(({ key, nameVi, nameEn, unitVi, unitEn }) => ({
        ...{ communeCode: code, commune: fullNameVi, categoryKey: key },
        ...{ category: pick(locale, nameVi, nameEn), unit: pick(locale, unitVi, unitEn) },
      })),
    )
  const title = `${translator(locale, 'need-desk')('title')}, ${programme?.title ?? ''}`
  return new Response(Buffer.from(writeNeedTemplate(rows, title, locale)), {
    headers: {
      'Content-Type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'Content-Disposition': 'attachment; filename="nhu-cau.xlsx"',
      'Cache-Control': 'private, no-store',
    },
  })
}
