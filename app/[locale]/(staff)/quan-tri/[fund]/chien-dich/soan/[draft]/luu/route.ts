import { discardDraft, saveDraft, settleText, type DraftSaved } from '@/lib/campaigns/draft'
import { readDraftForm } from '@/lib/campaigns/draft-form'
import { allowBeyond, handIn } from '@/lib/campaigns/hand-in'
import { parseVnd } from '@/lib/money/vnd'
import type { Result } from '@/lib/result'
import { act, type ActRefusal } from '@/lib/staff/act'
import { consoleForm, type SentForm } from '../../../../../console-form'

/** Two stories of twenty thousand letters, each letter written as up to nine. */
const MOST_BYTES = 1_024 * 1_024

/** Saves what is typed, and then hands it in, or puts a text away that stood apart. Nothing typed is lost on the way. */
export const { GET, POST } = consoleForm(
  ({ draft = '' }) => `/chien-dich/soan/${draft}`,
  async (form) => {
    const { fields, parts, done, refused } = form
    const id = parts['draft'] ?? ''
    const key = fields['key'] ?? ''
    if (!/^\d{1,9}$/.test(id) || !/^[\w-]{8,80}$/.test(key)) return refused('not_found')
    const draftId = Number(id)
    const page = `/chien-dich/soan/${id}`
    switch (fields['viec']) {
      case 'tu-luu': {
        const saved = await save(form, draftId, key)
        const said = saved.ok ? { kind: saved.value.kind, version: saved.value.version } : { refusal: saved.refusal }
        return Response.json(said, {
          status: saved.ok ? 200 : 409,
          headers: { 'Cache-Control': 'private, no-store' },
        })
      }
      case 'cho':
        return answer(await allow(form, draftId), form, `${page}?xong=allowed`)
      case 'cat':
        return answer(await settle(form, draftId), form, `${page}?xong=settled`)
      case 'bo':
        return answer(await discard(form, draftId), form, '/chien-dich?xong=discarded')
      case 'gui':
      case 'luu': {
        const saved = await save(form, draftId, key)
        if (!saved.ok) return refused(saved.refusal)
        if (saved.value.kind === 'apart' || fields['viec'] === 'luu') return done(`${page}?xong=${saved.value.kind}`)
        const sent = await send(form, { draftId, version: saved.value.version, key: `${key}-gui` })
        return sent.ok ? done(`/chien-dich/${sent.value.campaignId}?xong=handed_in`) : done(`${page}?loi=${sent.refusal}`)
      }
      default:
        return refused('not_found')
    }
  },
  { mostBytes: MOST_BYTES },
)

const answer = (result: Result<null, string>, { done, refused }: SentForm, path: string): Response =>
  result.ok ? done(path) : refused(result.refusal)

const about = (draftId: number) => ({ kind: 'draft' as const, id: draftId })

const save = (
  { context, staff, fund, fields }: SentForm,
  draftId: number,
  key: string,
): Promise<Result<DraftSaved, ActRefusal | 'unknown_draft'>> =>
  act(
    context,
    staff,
    {
      ...{ permission: 'campaigns.edit', fundId: fund.id, about: about(draftId), before: { version: Number(fields['version'] ?? 0) } },
      isToldOnce: true,
      after: ({ kind }: DraftSaved) => ({ kind }),
    },
    (inside, by) => saveDraft(inside, { draftId, basedOn: Number(fields['version'] ?? 0), content: readDraftForm(fields), by, key }),
  )

const send = ({ context, staff, fund }: SentForm, wish: { draftId: number; version: number; key: string }) =>
  act(
    context,
    staff,
    {
      ...{ permission: 'campaigns.submit', fundId: fund.id, about: about(wish.draftId) },
      after: ({ campaignId }: { campaignId: number }) => ({ campaign: campaignId, version: wish.version }),
    },
    (inside, by) => handIn(inside, { ...wish, by }),
  )

const allow = ({ context, staff, fund, fields }: SentForm, draftId: number) => {
  const vnd = parseVnd(fields['beyondVnd'] ?? '') ?? 0n
  const deed = { permission: 'campaigns.exceed', fundId: fund.id, about: about(draftId), after: { vnd: String(vnd) } } as const
  return act(context, staff, deed, (inside, by) => allowBeyond(inside, { draftId, vnd, reason: fields['beyondReason'] ?? '', by }))
}

const settle = ({ context, staff, fund, fields }: SentForm, draftId: number) => {
  const textId = /^\d{1,18}$/.test(fields['text'] ?? '') ? BigInt(fields['text'] ?? 0) : 0n
  const deed = { permission: 'campaigns.edit', fundId: fund.id, about: about(draftId), after: { settled: String(textId) } } as const
  return act(context, staff, deed, (inside, by) => settleText(inside, { draftId, textId, by }))
}

const discard = ({ context, staff, fund }: SentForm, draftId: number) => {
  const deed = { permission: 'campaigns.edit', fundId: fund.id, about: about(draftId), after: { change: 'discarded' } } as const
  return act(context, staff, deed, (inside, by) => discardDraft(inside, { draftId, by }))
}
