import { closeEndedAppeals, markFundedCampaigns } from '../campaigns/commands'
import type { ServerContext } from '../context'
import { describeError, log } from '../log'
import { requeueParked } from '../sequencer/park'
import { startSequencer } from '../sequencer/run'

const CALENDAR_MS = 60_000

/**
 * Runs the sequencer for this installation, and what follows from its batches and from the calendar: campaigns that
 * reached their goal become funded, emergency appeals end with their closing day.
 * @returns a function that stops it
 */
export function runSequencer(context: ServerContext): () => Promise<void> {
  const onError = (error: unknown) => log.error({ event: 'sequencer_failed', error: describeError(error) })
  const calendar = setInterval(() => void closeEndedAppeals(context).catch(onError), CALENDAR_MS)
  const stop = startSequencer({
    handle: context.handle,
    now: context.now,
    // What a process that ended between a batch and its consequences left undone.
    onLeading: async () => {
      await requeueParked(context.db)
      await markFundedCampaigns(context)
      await closeEndedAppeals(context)
    },
    onSequenced: async ({ lineIds, parked }) => {
      if (parked > 0) log.error({ event: 'events_parked', parked })
      if (lineIds.length > 0) await markFundedCampaigns(context, lineIds)
    },
    onError,
  })
  return async () => {
    clearInterval(calendar)
    await stop()
  }
}
