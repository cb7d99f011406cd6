import type { ServerContext } from '../context'
import { describeError, log } from '../log'
import { askWitness, type WitnessAddress } from '../public-log/ask-witness'
import { formatVerifierKey } from '../tlog/keys'

/** One that does not answer is asked again after so long, twice as long each time. */
const FIRST_PAUSE_MS = 2_000
const LONGEST_PAUSE_MS = 300_000

/** Asks the witnesses of the public log for their cosignatures. */
export interface Witnessing {
  /** Asks each witness that is not being asked and may be asked again, and does not wait for it. */
  run: () => void
  /** Breaks off what is under way and waits for it. */
  stop: () => Promise<void>
}

/** Publishing never waits for witnesses: each is asked for itself, and always about the newest checkpoint. */
export function witnessing(context: ServerContext): Witnessing {
  const stopping = new AbortController()
  const asked = new Map<string, { running: Promise<void> | null; pauseMs: number; nextMs: number }>()

  const ask = async (witness: WitnessAddress, state: { pauseMs: number; nextMs: number }) => {
    const of = { witness: witness.key.name }
    try {
      const answer = await askWitness(context.db, witness, context.now, stopping.signal)
      if (answer.kind === 'cosigned') {
        state.pauseMs = FIRST_PAUSE_MS
        state.nextMs = 0
        return
      }
      // It has proof of two histories of one name, or this database is older than what was published.
      if (answer.kind === 'not_understood') log.warn({ event: 'witness_not_understood', ...of, status: answer.status })
      else log.error({ event: 'witness_refused', ...of, why: answer.kind, size: answer.size })
    } catch (error) {
      if (stopping.signal.aborted) return
      log.warn({ event: 'witness_not_reached', ...of, error: describeError(error) })
    }
    state.nextMs = performance.now() + state.pauseMs
    state.pauseMs = Math.min(LONGEST_PAUSE_MS, state.pauseMs * 2)
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
        state.running = ask(witness, state).finally(() => (state.running = null))
      }
    },
    stop: async () => {
      stopping.abort()
      await Promise.all([...asked.values()].flatMap(({ running }) => running ?? []))
    },
  }
}
