import type { ServerContext } from '../context'
import { describeError, log } from '../log'
import { askWitness, type Asked, type WitnessAddress } from '../public-log/ask-witness'
import { ensureNoObjection, keepAnswer, listObjections } from '../public-log/objections'
import { signEmptyLog } from '../public-log/publish'
import { formatVerifierKey } from '../tlog/keys'

/** One that does not answer is asked again after so long, twice as long each time. */
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 300_000
/** Whoever is about to lead waits so long for witnesses, and no longer: one that is away stops nothing. */
const LEAD_WAIT_MS = 5_000
/** How often one that objects is asked whether it still does. */
const OBJECTION_MS = 30_000

/** Asks the witnesses of the public log for their cosignatures. */
export interface Witnessing {
  /** Asks each witness that is not being asked and may be asked again, and does not wait for it. */
  run: () => void
  /**
   * Asks all of them what they saw last, before anything gets a place or is signed; also where nothing was published from
   * here, by the log without entries. Throws LogRefused where one has seen more of the log than is here, or another: a backup
   * was put back together with what is kept outside of the database.
   */
  ensureAgreed: () => Promise<void>
  /** Breaks off what is under way and waits for it. */
  stop: () => Promise<void>
}

/** Publishing never waits for witnesses: each is asked for itself, and always about the newest checkpoint. */
export function witnessing(context: ServerContext): Witnessing {
  const stopping = new AbortController()
  const asked = new Map<string, { running: Promise<void> | null; pauseMs: number; nextMs: number }>()
  let nextLookMs = 0

  /** Asks one and keeps what it says; null where it could not be reached. */
  const ask = async (
    witness: WitnessAddress,
    signal: AbortSignal,
    toBeSure: { isToBeSure?: true; emptyLog?: string | null } = {},
  ): Promise<Asked | null> => {
    const of = { witness: witness.key.name }
    try {
      const answer = await askWitness(context.db, witness, { now: context.now, signal, ...toBeSure })
      keepAnswer(context.publicLog.vault, witness.key, answer, context.now())
      if (answer.kind === 'not_understood') log.warn({ event: 'witness_not_understood', ...of, status: answer.status })
      // It has proof of two histories of one name, or this database is older than what was published.
      else if (answer.kind === 'ahead' || answer.kind === 'refused')
        log.error({ event: 'witness_refused', ...of, why: answer.kind, size: answer.size })
      return answer
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ event: 'witness_not_reached', ...of, error: describeError(error) })
      return null
    }
  }

  const askInTurn = async (witness: WitnessAddress, state: { pauseMs: number; nextMs: number }) => {
    const answer = await ask(witness, stopping.signal)
    const isCosigned = answer?.kind === 'cosigned'
    state.nextMs = isCosigned ? 0 : performance.now() + state.pauseMs
    state.pauseMs = isCosigned ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, state.pauseMs * 2)
  }

  return {
    run() {
      if (stopping.signal.aborted) return
      for (const witness of context.publicLog.witnesses) {
        // One that changes its key is two for a while, at one address.
        const of = formatVerifierKey(witness.key)
        const state = asked.get(of) ?? { running: null, pauseMs: FIRST_PAUSE_MS, nextMs: 0 }
        asked.set(of, state)
        if (state.running || performance.now() < state.nextMs) continue
        state.running = askInTurn(witness, state).finally(() => (state.running = null))
      }
    },
    async ensureAgreed() {
      const { publicLog } = context
      if (listObjections(publicLog).length === 0 || performance.now() >= nextLookMs) {
        nextLookMs = performance.now() + OBJECTION_MS
        const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(LEAD_WAIT_MS)])
        const toBeSure = { isToBeSure: true, emptyLog: await signEmptyLog(context.db, publicLog) } as const
        await Promise.all(publicLog.witnesses.map((witness) => ask(witness, signal, toBeSure)))
      }
      ensureNoObjection(publicLog)
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([...asked.values()].flatMap(({ running }) => running ?? []))
    },
  }
}
