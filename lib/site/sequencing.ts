import { sweepFiles } from '../evidence/sweep'
import { closeEndedAppeals, markFundedCampaigns } from '../campaigns/commands'
import { openDueCampaigns } from '../campaigns/review'
import { moveRests } from '../campaigns/finish'
import type { ServerContext } from '../context'
import { describeError, log } from '../log'
import { ensureAncestor, followPublished } from '../public-log/ancestor'
import { followLines } from '../public-lines/follow'
import { followRecognition } from '../recognition/follow'
import { createRetention } from '../retention/forget'
import { makeLineFiles } from '../public-lines/make-files'
import { requeueParked } from '../sequencer/park'
import { startSequencer } from '../sequencer/run'
import { sweepUploads } from '../uploads/commands'
import { cardWork } from './cards'
import { keeping } from './keeping'
import { bankPoll } from './polling'
import { publishing } from './publishing'
import { statementWork } from './statements'
import { witnessing } from './witnessing'

const CALENDAR_MS = 60_000
const POLL_MS = 5 * 60_000
const CARD_MS = 2_000
const STATEMENT_MS = 1_000
const WITNESS_MS = 1_000
const SWEEP_MS = 15 * 60_000
const LINE_FILES_MS = 60_000
const RETENTION_MS = 60 * 60_000

/**
 * Runs the sequencer for this installation, and what follows from its batches and from the calendar: campaigns that
 * reached their goal become funded, emergency appeals end with their closing day, approved campaigns open at their moment,
 * and what is left of one that was closed early moves on. The leader also asks aggregators
 * for what their webhooks missed, sees to gifts by card and to files of statements, asks witnesses for their cosignatures, and forgets what is kept no longer.
 * @returns a function that stops it
 */
export function runSequencer(context: ServerContext): () => Promise<void> {
  let isLeading = false
  const onError = (error: unknown) => log.error({ event: 'sequencer_failed', error: describeError(error) })
  const followCalendar = async () => {
    await closeEndedAppeals(context)
    await openDueCampaigns(context)
    await moveRests(context)
  }
  const calendar = setInterval(() => void followCalendar().catch(onError), CALENDAR_MS)
  const poll = bankPoll(context)
  const cards = cardWork(context)
  const polling = setInterval(() => {
    if (!isLeading) return
    void poll.run()
    void cards.poll()
  }, POLL_MS)
  const sweeping = setInterval(() => {
    if (!isLeading) return
    void sweepFiles(context).catch(onError)
    void sweepUploads(context).catch(onError)
  }, SWEEP_MS)
  const retention = createRetention(context)
  const stopping = new AbortController()
  let forgetting: Promise<void> = Promise.resolve()
  const forgetOld = () => {
    forgetting = forgetting
      .then(() => retention.run(stopping.signal))
      .then((forgotten) => {
        if (Object.values(forgotten).some((rows) => rows > 0)) log.info({ event: 'forgotten', ...forgotten })
      })
      .catch(onError)
  }
  const forgettingOld = setInterval(() => {
    if (isLeading) forgetOld()
  }, RETENTION_MS)
  const dueCards = setInterval(() => {
    if (isLeading) void cards.runDue()
  }, CARD_MS)
  let making: Promise<unknown> = Promise.resolve()
  const goesOn = () => isLeading && !stopping.signal.aborted
  const makingFiles = setInterval(() => {
    if (isLeading) making = making.then(() => makeLineFiles(context, { goesOn })).catch(onError)
  }, LINE_FILES_MS)
  const statements = statementWork(context)
  const givenStatements = setInterval(() => {
    if (isLeading) statements.run()
  }, STATEMENT_MS)
  const keepLines = keeping(context, 'statement_not_kept', followLines)
  const keepRecognition = keeping(context, 'recognition_not_kept', followRecognition)
  const publish = publishing(context)
  const witnesses = witnessing(context)
  const askingWitnesses = setInterval(() => {
    if (isLeading) witnesses.run()
  }, WITNESS_MS)
  const stop = startSequencer({
    handle: context.handle,
    now: context.now,
    whileWaiting: (db) => followPublished(db, context.publicLog.vault),
    // What a process that ended between a batch and its consequences left undone.
    onLeading: async (db) => {
      // Before anything gets a place: one that was published once is never given to another event.
      await ensureAncestor(db, context.publicLog.vault)
      await witnesses.ensureAgreed()
      await requeueParked(context.db)
      await markFundedCampaigns(context)
      await followCalendar()
      isLeading = true
      void poll.run()
      void cards.poll()
      forgetOld()
    },
    onSequenced: async ({ lineIds, parked }) => {
      if (parked > 0) log.error({ event: 'events_parked', parked })
      if (lineIds.length > 0) await markFundedCampaigns(context, lineIds)
    },
    afterLook: async (db, isBehind) => {
      // First the order and its proof; what is made of them for readers follows when nothing waits.
      if (isBehind) return publish(db)
      const areKept = [await keepRecognition(db), await keepLines(db), await publish(db)]
      return !areKept.includes(false)
    },
    onError: (error) => {
      // Leadership ends with the connection that failed.
      isLeading = false
      onError(error)
    },
  })
  return async () => {
    clearInterval(calendar)
    clearInterval(polling)
    clearInterval(sweeping)
    clearInterval(dueCards)
    clearInterval(forgettingOld)
    clearInterval(givenStatements)
    clearInterval(askingWitnesses)
    clearInterval(makingFiles)
    stopping.abort()
    await poll.stop()
    await cards.stop()
    await statements.stop()
    await witnesses.stop()
    await forgetting
    await making
    await stop()
  }
}
