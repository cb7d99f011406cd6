import { createHash } from 'node:crypto'
import { PARTS } from '@/components/desk/line-pane'
import type { DecisionWish } from '@/lib/bank/decide'
import { lineAmounts } from '@/lib/bank/queue'
import { decisionSchema, readChoice, type Decision } from '@/lib/bank/schema'
import { parseVnd } from '@/lib/money/vnd'
import { consoleForm, type SentForm } from '../../../console-form'
import { decidedPath, decideLines } from '../decide-lines'

type Wish = Omit<DecisionWish, 'by'>

/** Says what lines are: one by a suggestion, one in full from its pane, or many at once. */
export const { GET, POST } = consoleForm('/ngan-hang', async (form) => {
  const { fields, back, refused, done } = form
  const read = fields['dong'] === undefined ? await fromTable(form) : await fromPane(form)
  if (typeof read === 'string') return fields['dong'] === undefined ? refused(read) : back({ 'vi-sao': read })
  if (read.length === 0) return refused('nothing')
  return done(decidedPath('/ngan-hang', await decideLines(form, read)))
})

/** A form that is sent again is one decision; one that says something else is told what it said before. */
const wishOf = ({ fields }: SentForm, lineId: string, { decision, seen }: Pick<Wish, 'decision' | 'seen'>): Wish => ({
  ...{ lineId: BigInt(lineId), decision, seen, reason: (fields['vi-sao'] ?? '').trim().slice(0, 300) },
  key: `queue:${(fields['key'] ?? '').slice(0, 64)}:${lineId}:${marked(decision)}`,
})

const marked = (decision: Decision): string =>
  createHash('sha256')
    .update(JSON.stringify(decision, (_name, value: unknown) => (typeof value === 'bigint' ? String(value) : value)))
    .digest('base64url')
    .slice(0, 16)

/** A suggestion that was taken, or what is said of all lines that are picked. */
async function fromTable(form: SentForm): Promise<Wish[] | string> {
  const { fields, context, fund } = form
  const [, taken, seen, choice] = /^(\d{1,18}) (\S{1,60}) (.+)$/.exec(fields['chon'] ?? '') ?? []
  const picked = Object.entries(fields).flatMap(([name, value]) => {
    const [, id] = /^chon-(\d{1,18})$/.exec(name) ?? []
    return id === undefined ? [] : [{ id, seen: value, choice: fields['la'] ?? '' }]
  })
  const chosen = taken !== undefined && seen !== undefined && choice !== undefined ? [{ id: taken, seen, choice }] : picked
  const amounts = await lineAmounts(
    context,
    fund.id,
    chosen.map(({ id }) => BigInt(id)),
  )
  return chosen.flatMap(({ id, ...one }) => {
    const decision = readChoice(one.choice, amounts.get(BigInt(id)) ?? 0n)
    return decision ? [wishOf(form, id, { decision, seen: one.seen })] : []
  })
}

/** What the pane of one line says. */
async function fromPane(form: SentForm): Promise<Wish[] | string> {
  const { fields, context, fund } = form
  const id = fields['dong'] ?? ''
  if (!/^\d{1,18}$/.test(id)) return 'not_found'
  const amountVnd = (await lineAmounts(context, fund.id, [BigInt(id)])).get(BigInt(id))
  if (amountVnd === undefined) return 'not_found'
  const kind = fields['la'] ?? ''
  // People count items from 1, as the page of the spend does.
  if (kind === 'supplier_refund' && !/^[1-9]\d{0,2}$/.test((fields['mon'] ?? '').trim())) return 'which_item'
  const item = kind === 'supplier_refund' ? `/${Number(fields['mon']) - 1}` : ''
  const decision =
    kind === 'place' ? partsOf(fields) : readChoice(`${kind}:${(fields[`so-${kind}`] ?? '').trim()}${item}`.replace(/:$/, ''), amountVnd)
  if (typeof decision === 'string') return decision
  return decision ? [wishOf(form, id, { decision, seen: fields['thay'] ?? '' })] : 'no_match'
}

function partsOf(fields: Record<string, string>): Decision | string {
  const parts: { code: string | null; amountVnd: bigint }[] = []
  for (let n = 1; n <= PARTS; n++) {
    const [code, amount] = [(fields[`ma-${n}`] ?? '').trim(), (fields[`phan-${n}`] ?? '').trim()]
    if (code === '' && amount === '') continue
    const amountVnd = parseVnd(amount)
    if (amountVnd === null || amountVnd <= 0n) return 'not_an_amount'
    parts.push({ code: code === '' ? null : code, amountVnd })
  }
  if (parts.length === 0) return 'nothing'
  return decisionSchema.safeParse({ kind: 'place', parts }).data ?? 'unknown_pledge'
}
