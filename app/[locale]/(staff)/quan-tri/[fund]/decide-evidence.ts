import type { FileContext, ServerContext } from '@/lib/context'
import { endConsent } from '@/lib/evidence/consents'
import type { Office } from '@/lib/evidence/model'
import { hidePaper, releasePaper } from '@/lib/evidence/papers'
import { hidePhoto, releasePhoto } from '@/lib/evidence/photos'
import { readReason } from '@/lib/evidence/schema'
import { removeIfUnused, removeUnneeded } from '@/lib/evidence/sweep'
import { ok, type Result } from '@/lib/result'
import { act } from '@/lib/staff/act'
import type { HeldRole } from '@/lib/staff/model'
import type { Permission } from '@/lib/staff/permissions'
import type { SentForm } from '../console-form'

/** What is left to do once a decision is committed: bytes that are deleted do not come back. */
type Afterwards = (context: FileContext) => Promise<unknown>

interface Wish {
  id: bigint
  by: string
  as: Office
  reason: { reasonVi: string; reasonEn: string }
}

const nothing: Afterwards = () => Promise.resolve()

/** What a result leaves to be done. */
const leaving = <Value>(result: Result<Value, string>, then: (value: Value) => Afterwards): Result<Afterwards, string> =>
  result.ok ? ok(then(result.value)) : result

/** What a button decides: its name says what, its value about which photo, paper or consent. */
const DECISIONS: Record<
  string,
  {
    kind: 'photo' | 'paper' | 'consent'
    permission: Permission
    done: string
    run: (inside: ServerContext, wish: Wish) => Promise<Result<Afterwards, string>>
  }
> = {
  releasePhoto: {
    ...{ kind: 'photo', permission: 'evidence.release', done: 'released' },
    run: async (inside, { id, by }) => leaving(await releasePhoto(inside, { photoId: id, by }), () => nothing),
  },
  withdrawPhoto: {
    ...{ kind: 'photo', permission: 'evidence.withdraw', done: 'withdrawn' },
    run: async (inside, { id, by }) =>
      leaving(await hidePhoto(inside, { photoId: id, by }), () => (context) => removeUnneeded(context, { photoIds: [id] })),
  },
  releasePaper: {
    ...{ kind: 'paper', permission: 'evidence.release', done: 'released' },
    run: async (inside, { id, by, as }) => leaving(await releasePaper(inside, { paperId: id, by, as }), () => nothing),
  },
  withdrawPaper: {
    ...{ kind: 'paper', permission: 'evidence.withdraw', done: 'withdrawn' },
    run: async (inside, { id, by, reason }) =>
      leaving(await hidePaper(inside, { paperId: id, by, ...reason }), ({ copy }) =>
        copy === null ? nothing : (context) => removeIfUnused(context, copy),
      ),
  },
  endConsent: {
    ...{ kind: 'consent', permission: 'evidence.withdraw', done: 'ended' },
    run: async (inside, { id, by }) =>
      leaving(await endConsent(inside, { consentId: id, by }), (hidden) => (context) => removeUnneeded(context, hidden)),
  },
}

/** The office in which somebody releases: the highest they hold in the fund. */
const officeOf = (roles: readonly HeldRole[], fundId: number): Office => {
  const held = roles.filter((one) => one.fundId === fundId).map(({ role }) => role)
  return held.includes('director') ? 'director' : held.includes('accountant') ? 'accountant' : 'officer'
}

/**
 * Releases or withdraws a photo or a paper, or ends a consent: what a button of a page of evidence says.
 * @param finish leads back to the page with what was done
 */
export async function decideEvidence(
  { context, staff, fund, fields, back, refused }: SentForm,
  finish: (done: string) => Response,
): Promise<Response> {
  for (const [name, { kind, permission, done, run }] of Object.entries(DECISIONS)) {
    const id = fields[name]
    if (id === undefined || !/^\d{1,9}$/.test(id)) continue
    const reason = readReason(fields)
    if (name === 'withdrawPaper' && !reason.ok) return back(reason.refusal)
    const wish = { id: BigInt(id), as: officeOf(staff.roles, fund.id), reason: reason.ok ? reason.value : { reasonVi: '', reasonEn: '' } }
    const decided = await act<typeof context, Afterwards, string>(
      context,
      staff,
      { permission, fundId: fund.id, about: { kind, id }, after: { change: done } },
      (inside, by) => run(inside, { ...wish, by }),
    )
    if (!decided.ok) return refused(decided.refusal)
    await decided.value(context)
    return finish(done)
  }
  return refused('not_found')
}
