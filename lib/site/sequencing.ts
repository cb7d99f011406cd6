import { markFundedCampaigns } from '../campaigns/commands'
import type { ServerContext } from '../context'
import { log } from '../log'
import { startSequencer } from '../sequencer/run'

/**
 * Runs the sequencer for this installation, and after each batch what follows from it:
 * campaigns that reached their goal become funded.
 * @returns a function that stops it
 */
export function runSequencer(context: ServerContext): () => Promise<void> {
  return startSequencer({
    handle: context.handle,
    now: context.now,
    onSequenced: async ({ lineIds, parked }) => {
      if (parked > 0) log.error({ event: 'events_parked', parked })
      if (lineIds.length > 0) await markFundedCampaigns(context, lineIds)
    },
    onError: (error) => log.error({ event: 'sequencer_failed', error: error instanceof Error ? error.message : 'unknown' }),
  })
}
