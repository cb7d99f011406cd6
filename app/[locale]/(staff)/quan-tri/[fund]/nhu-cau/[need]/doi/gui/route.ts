import type { Context } from '@/lib/context'
import { parseVnd } from '@/lib/money/vnd'
import type { NeedStep } from '@/lib/needs/change'
import { checkNeed, publishNeed, refuseNeed, reviseNeed } from '@/lib/needs/commands'
import { COVERAGE_SOURCES, dropCoverage, recordCoverage } from '@/lib/needs/coverage'
import { mergeNeeds } from '@/lib/needs/merge'
import { figuresSchema } from '@/lib/needs/schema'
import { refuse, type Result } from '@/lib/result'
import { act } from '@/lib/staff/act'
import type { Permission } from '@/lib/staff/permissions'
import { consoleForm } from '../../../../../console-form'

type Fields = Readonly<Record<string, string>>
type Run = (context: Context, step: NeedStep, fields: Fields) => Promise<Result<{ version: number }, string>>

const numberIn = (text: string | undefined): number => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : 0)

/** Each step of a need: what it needs, what it does, what is said of it then. */
const DEEDS: Record<string, { permission: Permission; run: Run; done: string }> = {
  kiem: { permission: 'needs.check', done: 'checked', run: checkNeed },
  'cong-bo': { permission: 'needs.publish', done: 'published', run: publishNeed },
  'tu-choi': {
    ...{ permission: 'needs.check', done: 'refused' },
    run: (context, step, { reason = '' }) => refuseNeed(context, { ...step, reason }),
  },
  sua: {
    ...{ permission: 'needs.check', done: 'revised' },
    run: async (context, step, fields) => {
      const figures = figuresSchema.safeParse(fields)
      if (!figures.success) return refuse('not_a_count')
      const reason = (fields['reason'] ?? '').trim()
      return reviseNeed(context, { ...step, figures: figures.data, reason: reason === '' ? null : reason })
    },
  },
  gop: {
    ...{ permission: 'needs.check', done: 'merged' },
    run: async (context, step, fields) => {
      const figures = figuresSchema.safeParse(fields)
      if (!figures.success) return refuse('not_a_count')
      const from = { fromId: numberIn(fields['from']), fromVersion: numberIn(fields['fromVersion']) }
      return mergeNeeds(context, { ...step, ...from, figures: figures.data, reason: fields['reason'] ?? '' })
    },
  },
  nguon: {
    ...{ permission: 'needs.cover', done: 'covered' },
    run: async (context, step, { source = '', nameVi = '', nameEn = '', coverQuantity = '', coverAmount = '' }) => {
      const known = COVERAGE_SOURCES.find((one) => one === source)
      const names = { nameVi: nameVi.trim(), nameEn: nameEn.trim() }
      if (!known || names.nameVi === '' || names.nameEn === '') return refuse('no_name')
      const quantity = numberIn(coverQuantity.replace(/[.,\s]/g, ''))
      return recordCoverage(context, { ...step, source: known, ...names, quantity, amountVnd: parseVnd(coverAmount) ?? 0n })
    },
  },
  'bo-nguon': {
    ...{ permission: 'needs.cover', done: 'dropped' },
    run: (context, step, fields) =>
      dropCoverage(context, { ...step, coverageId: numberIn(fields['coverage']), reason: fields['reason'] ?? '' }),
  },
}

/** Takes a step of a need. */
export const { GET, POST } = consoleForm(
  ({ need = '' }) => `/nhu-cau/${need}`,
  async ({ context, staff, fund, fields, parts, done, refused }) => {
    const deed = DEEDS[fields['viec'] ?? '']
    const needId = numberIn(parts['need'])
    const key = fields['key'] ?? ''
    if (!deed || !/^[\w-]{8,80}$/.test(key)) return refused('not_found')
    const version = numberIn(fields['version'])
    const taken = await act<typeof context, { version: number }, string>(
      context,
      staff,
      {
        ...{ permission: deed.permission, fundId: fund.id, about: { kind: 'need', id: needId }, before: { version } },
        after: (came) => ({ change: deed.done, version: came.version }),
      },
      (inside, by) => deed.run(inside, { needId, version, by, key }, fields),
    )
    return taken.ok ? done(`/nhu-cau/${needId}?xong=${deed.done}`) : refused(taken.refusal)
  },
)
