import { createServer, type Server } from 'node:http'
import { count, sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { bankNotices, bankTransactions, unreadDecisions } from '../../db/schema'
import type { Database } from '../../db/client'
import { getCardFigures } from '../cards/figures'
import type { ServerContext } from '../context'
import type { AnsweredRequest, Watch } from '../http/watch'
import { getHealth } from './health'

/** Kept pages take less than a millisecond, rendered ones tens, and what is slower than two seconds is a fault. */
const SECONDS = [0.001, 0.005, 0.02, 0.05, 0.1, 0.5, 2]

/** More failures than an hour has, where pages are closed as soon as they are noticed. */
const MOST_COUNTED = 20_000

export interface Metrics {
  watch: Watch
  /** Everything, in the text format of Prometheus. */
  text: () => Promise<string>
}

/**
 * Figures of this process and of the installation, for Prometheus. Labels are patterns, names of providers and states:
 * never an address, a code or anything else of a person.
 */
export function createMetrics(context: ServerContext): Metrics {
  const register = new Registry()
  collectDefaultMetrics({ register })
  const counter = (name: string, help: string, labelNames: string[] = []) => new Counter({ name, help, labelNames, registers: [register] })
  const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name, help, labelNames, registers: [register] })

  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Requests by method, pattern of the address and status, and how long they took.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [register],
  })
  const pages = counter('tung_dong_page_cache_requests_total', 'Pages asked of the page cache: hit, stale or miss.', ['use'])
  const renders = counter('tung_dong_page_cache_renders_total', 'Pages rendered for the page cache.')
  const kept = gauge('tung_dong_page_cache_bytes', 'Bytes of pages that are kept.')
  const inAdvance = counter('tung_dong_requests_in_advance_total', 'Requests of browsers before anybody wanted the page, by status.', [
    'status',
  ])
  const limited = counter('tung_dong_limited_requests_total', 'Requests turned away by a limit.', ['policy', 'scope'])
  const webhooks = counter('tung_dong_webhooks_total', 'Webhooks by provider: stored, refused or failed.', ['provider', 'outcome'])

  const isHealthy = gauge('tung_dong_healthy', '1 while /api/health answers 200.')
  const lag = gauge('tung_dong_sequencer_lag_seconds', 'Age of the oldest event that has no public position yet.')
  const parked = gauge('tung_dong_parked_events', 'Events that could not be laid and wait for a person.')
  const events = gauge('tung_dong_log_events', 'Events with a public position.')
  const logLag = gauge('tung_dong_log_lag_seconds', 'For how long the first event that has its place is not in the public log.')
  const version = gauge('tung_dong_site_version', 'Grows with every change of anything public.')
  const stateAge = gauge('tung_dong_state_age_seconds', 'How long ago this process read the public state: its pages may be as old.')
  const lines = gauge('tung_dong_bank_lines_waiting', 'Bank lines that wait for a person, by state.', ['state'])
  const notices = gauge('tung_dong_bank_notices_waiting', 'Bank notices that wait for a person, by provider and outcome.', [
    'provider',
    'outcome',
  ])

  const cardsWaiting = gauge('tung_dong_cards_waiting', 'What of gifts by card waits for a person, by what it is.', ['what'])
  const failures = counter('tung_dong_card_failures_total', 'Cards that were not accepted, by fund.', ['fund'])
  const paused = gauge('tung_dong_cards_paused', '1 while cards are closed for everybody at a fund.', ['fund'])
  /** Failures that were counted already: they are read off the database, where every process finds all of them. */
  const counted = new LRUCache<string, true>({ max: MOST_COUNTED })

  const lookAtCards = async (): Promise<void> => {
    const cards = await getCardFigures(context)
    for (const { fund, isPaused } of cards.paused) {
      paused.set({ fund }, isPaused ? 1 : 0)
      failures.inc({ fund }, 0)
    }
    for (const { chargeId, fund } of cards.failures) {
      if (!counted.get(chargeId)) failures.inc({ fund })
      counted.set(chargeId, true)
    }
  }

  const lookAtInstallation = async (): Promise<void> => {
    const health = await getHealth(context)
    isHealthy.set(health.status === 'ok' ? 1 : 0)
    stateAge.set(health.stateAgeMs / 1_000)
    lines.reset()
    notices.reset()
    // Figures that are not known keep what they were: 0 would read as "all is done".
    if (health.database === 'unreachable') return
    lag.set(health.sequencer.lagMs / 1_000)
    parked.set(health.sequencer.parked)
    events.set(health.logSize)
    logLag.set(health.publicLog.lagMs / 1_000)
    version.set(health.siteVersion)
    if (health.cards) {
      const { movements, refundsAsked, refundsUnsent, warnings } = health.cards
      cardsWaiting.set({ what: 'movement_not_understood' }, movements)
      cardsWaiting.set({ what: 'refund_asked' }, refundsAsked)
      cardsWaiting.set({ what: 'refund_unsent' }, refundsUnsent)
      cardsWaiting.set({ what: 'fraud_warning' }, warnings)
    }
    await lookAtCards()
    const waiting = await countWaiting(context.db)
    for (const { state, count } of waiting.lines) lines.set({ state }, count)
    for (const { provider, outcome, count } of waiting.notices) notices.set({ provider, outcome }, count)
  }

  return {
    watch: {
      answered({ method, route, status, ms, cache, provider, isInAdvance }: AnsweredRequest) {
        requests.observe({ method, route, status }, ms / 1_000)
        if (cache !== null) pages.inc({ use: cache })
        if (isInAdvance) inAdvance.inc({ status })
        if (provider !== null) webhooks.inc({ provider, outcome: outcomeOf(status) })
      },
      rendered(keptBytes) {
        renders.inc()
        kept.set(keptBytes)
      },
      limited: ({ policy, scope }) => limited.inc({ policy, scope }),
    },
    async text() {
      await lookAtInstallation()
      return register.metrics()
    },
  }
}

const outcomeOf = (status: number): string => (status < 300 ? 'stored' : status < 500 ? 'refused' : 'failed')

/** What waits for a person. The conditions are those of the indexes that hold just these rows. */
async function countWaiting(db: Database) {
  const [lines, notices] = await Promise.all([
    db
      .select({ state: bankTransactions.state, count: count() })
      .from(bankTransactions)
      .where(sql`${bankTransactions.state} not in ('placed', 'payout', 'settled', 'duplicate')`)
      .groupBy(bankTransactions.state),
    db
      .select({ provider: bankNotices.provider, outcome: bankNotices.outcome, count: count() })
      .from(bankNotices)
      .where(
        sql`${bankNotices.outcome} in ('contradiction', 'not_understood') and not exists (select 1 from ${unreadDecisions} d
          where d.notice_id = ${bankNotices.id} and d.undone_at is null and d.kind <> 'wait')`,
      )
      .groupBy(bankNotices.provider, bankNotices.outcome),
  ])
  return { lines, notices }
}

/** A server for `GET /metrics` and nothing else. It is for the operator's own network: it asks nobody who they are. */
export function metricsServer(metrics: Metrics, onError: (error: unknown) => void): Server {
  return createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end()
      return
    }
    metrics
      .text()
      .then((text) => response.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text))
      .catch((error: unknown) => {
        onError(error)
        response.writeHead(500).end()
      })
  })
}
