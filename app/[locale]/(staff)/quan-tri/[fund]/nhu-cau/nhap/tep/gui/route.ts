import { listNeedYears } from '@/lib/needs/desk'
import { stageNeedSheet } from '@/lib/needs/import'
import { readNeedSheet } from '@/lib/needs/sheet'
import { parseSchoolYear } from '@/lib/needs/schema'
import { act } from '@/lib/staff/act'
import { communesOf } from '@/lib/staff/permissions'
import { actingIn, consoleForm } from '../../../../../console-form'

/** A sheet of two megabytes, and what a form writes around it. */
const MOST_BYTES = 3 * 1024 * 1024

/** Reads a spreadsheet of reports and sets it aside; nothing is reported yet. */
export const { GET, POST } = consoleForm(
  '/nhu-cau/nhap',
  async ({ locale, context, staff, fund, fields, files, done, refused }) => {
    const { key = '', ct = '', nam = '' } = fields
    const file = files['tep']
    if (!/^[\w-]{8,80}$/.test(key)) return refused('not_found')
    if (!file) return refused('no_file')
    const schoolYear = parseSchoolYear(nam)
    if (schoolYear === null) return refused('not_a_year')
    const { programmes } = await listNeedYears(context, fund.id, locale)
    const programme = programmes.find(({ slug }) => slug === ct)
    if (!programme) return refused('unknown_programme')
    const mayReportFor = communesOf(staff.roles, 'needs.import', fund.id)
    if (mayReportFor !== 'all' && mayReportFor.size === 0) return refused('not_allowed')
    // Nobody's workbook is opened who may not bring one; `act` asks again.
    const read = await readNeedSheet(context.readWorkbook, file.bytes)
    if (!read.ok) return refused(read.refusal)
    const sheet = { programmeSlug: programme.slug, schoolYear, fileName: file.name, rows: read.value, key }
    const staged = await act(
      context,
      staff,
      {
        ...{ permission: 'needs.import', fundId: fund.id, about: { kind: 'programme', id: programme.id }, ...actingIn(mayReportFor) },
        after: ({ importId }: { importId: number }) => ({ sheet: importId, schoolYear }),
      },
      (inside, by) => stageNeedSheet(inside, { ...sheet, by }),
    )
    return staged.ok ? done(`/nhu-cau/nhap/${staged.value.importId}`) : refused(staged.refusal)
  },
  { mostBytes: MOST_BYTES },
)
