import { eq } from 'drizzle-orm'
import { fundSettings } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import type { FundSettings } from './model'

/** What a fund begins with. */
const DEFAULTS: FundSettings = { appointmentDelayDays: 7, accountDelayDays: 7 }

/** The bounds that the table keeps, too. */
const BOUNDS = { appointmentDelayDays: [7, 60], accountDelayDays: [3, 60] } as const

/** What the directors of a fund have set, or what it began with. */
export async function getFundSettings({ db }: Pick<Context, 'db'>, fundId: number): Promise<FundSettings> {
  const [row] = await db.select().from(fundSettings).where(eq(fundSettings.fundId, fundId))
  return row ? { appointmentDelayDays: row.appointmentDelayDays, accountDelayDays: row.accountDelayDays } : DEFAULTS
}

/** Sets what a fund's directors may set. What waits already keeps the day it was told. Refuses: a number out of its bounds. */
export async function setFundSettings(
  { db }: Context,
  fundId: number,
  settings: FundSettings,
): Promise<Result<FundSettings, 'appointment' | 'account'>> {
  const isWithin = (name: keyof FundSettings) =>
    Number.isInteger(settings[name]) && settings[name] >= BOUNDS[name][0] && settings[name] <= BOUNDS[name][1]
  if (!isWithin('appointmentDelayDays')) return refuse('appointment')
  if (!isWithin('accountDelayDays')) return refuse('account')
  await db
    .insert(fundSettings)
    .values({ fundId, ...settings })
    .onConflictDoUpdate({ target: fundSettings.fundId, set: settings })
  return ok(settings)
}
