import type { FileContext } from '@/lib/context'
import { addStoredPaper, storePaper } from '@/lib/evidence/papers'
import { readSpendPaper } from '@/lib/evidence/schema'
import { paperType } from '@/lib/files/paper-type'
import { isFormKey } from '@/lib/pledges/secret'
import { ok, type Result } from '@/lib/result'
import { requestSpend } from '@/lib/spending/commands'
import { getBudgetDesk } from '@/lib/spend-desk/queries'
import { readSpendForm } from '@/lib/spend-desk/schema'
import { act } from '@/lib/staff/act'
import { isAllowed } from '@/lib/staff/permissions'
import { consoleForm, type SentForm } from '../../../../console-form'

/** An original of at most 20 MB, and what a form writes around it. */
const MOST_BYTES = 21 * 1024 * 1024

/** A quotation or an invoice that came with the form and is stored; null where none came. */
type CamePaper = Omit<Parameters<typeof addStoredPaper>[1], 'spendId' | 'deliverySlug' | 'by'> | null

/** Asks for money of a campaign, with its quotation or invoice; another person decides. */
export const { GET, POST } = consoleForm(
  '/chi/moi',
  async (form) => {
    const { context, staff, fund, fields, locale, done, back, refused } = form
    const { campaign = '', formKey, replaces } = fields
    const replacesKey = replaces ?? null
    const desk = await getBudgetDesk(context, fund.id, { slug: campaign, replacesKey }, locale)
    if (!desk || !isFormKey(formKey)) return refused('unknown_campaign')
    if (replacesKey !== null && !desk.replaces) return refused('not_replaceable')
    const read = readSpendForm(fields, desk.lines)
    if (!read.ok) return back(read.errors)
    // Of those who may not ask, no file is stored; their try stands in the trail all the same.
    const came = isAllowed(staff.roles, 'spends.request', { fundId: fund.id }) ? await readPaperOf(form, formKey) : ok(null)
    if (!came.ok) return back(came.refusal)
    const wish = { campaignSlug: campaign, ...read.form, replacesId: replacesKey === null ? null : BigInt(replacesKey) }
    const asked = await act(
      context,
      staff,
      {
        ...{ permission: 'spends.request', fundId: fund.id, about: { kind: 'campaign', id: desk.campaign.id } },
        after: ({ spendId }: { spendId: bigint }) => ({
          spend: String(spendId),
          amountVnd: String(read.form.items.reduce((sum, { amountVnd }) => sum + amountVnd, 0n)),
          lines: read.form.items.length,
        }),
      },
      (inside, by) => askWithPaper(inside, { ...wish, by, key: `form:${formKey}` }, came.value),
    )
    return asked.ok ? done(`/chi/${asked.value.spendId}?xong=asked`) : refused(asked.refusal)
  },
  { mostBytes: MOST_BYTES },
)

/** The quotation or invoice of a form, stored: what takes long, before the act. */
async function readPaperOf({ context, fields, files }: SentForm, formKey: string): Promise<Result<CamePaper, Record<string, string>>> {
  const original = files['original']?.bytes
  if (!original || original.length === 0) return ok(null)
  const key = `spend-form-${formKey}`
  const read = readSpendPaper({ ...fields, key })
  if (!read.ok) return read
  if (paperType(original) === null) return { ok: false, refusal: { original: 'not_a_paper' } }
  const stored = await storePaper(context, { original, copy: null })
  return stored.ok ? ok({ ...read.value, paper: stored.value, key }) : { ok: false, refusal: { original: stored.refusal } }
}

/** Asks for the spend and adds its paper: both, or neither. */
async function askWithPaper(context: FileContext, wish: Parameters<typeof requestSpend>[1], paper: CamePaper) {
  const asked = await requestSpend(context, wish)
  if (!asked.ok || !paper) return asked
  const added = await addStoredPaper(context, { ...paper, spendId: asked.value.spendId, deliverySlug: null, by: wish.by })
  return added.ok ? asked : added
}
