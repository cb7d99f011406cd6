import { and, desc, eq, inArray, ne } from 'drizzle-orm'
import { administrativeUnits, needRoundAnswers, needRounds, needs, programmes } from '../../db/schema'
import type { Context } from '../context'
import { ok, refuse, type Result } from '../result'
import type { Day } from '../time/day'
import { reportPlaces } from './judge'
import type { NeedRound } from './model'

/**
 * Sets until when the communes of a programme report for a school year. Set again, the day is another one.
 * Refuses: an unknown programme; a day that is not within the year before the school year begins and its end.
 */
export async function setNeedRound(
  { db, now }: Context,
  { programmeSlug, schoolYear, dueOn, by }: { programmeSlug: string; schoolYear: number; dueOn: Day; by: string },
): Promise<Result<{ roundId: number }, 'unknown_programme' | 'not_of_the_year'>> {
  if (dueOn < `${schoolYear - 1}-09-01` || dueOn > `${schoolYear + 1}-08-31`) return refuse('not_of_the_year')
  const [programme] = await db.select({ id: programmes.id }).from(programmes).where(eq(programmes.slug, programmeSlug))
  if (!programme) return refuse('unknown_programme')
  const set = { dueOn, setBy: by, setAt: now() }
  const [round] = await db
    .insert(needRounds)
    .values({ programmeId: programme.id, schoolYear, ...set })
    .onConflictDoUpdate({ target: [needRounds.programmeId, needRounds.schoolYear], set })
    .returning({ id: needRounds.id })
  if (!round) throw new Error('a round was not written')
  return ok({ roundId: round.id })
}

/**
 * Records that a commune needs nothing in a round: an answer too. Said twice, it is one.
 * Refuses: an unknown round; a commune that the round does not ask; one that reported a need.
 */
export const answerNothing = (
  context: Context,
  { roundId, unitId, by }: { roundId: number; unitId: number; by: string },
): Promise<Result<null, 'unknown_round' | 'not_asked' | 'reported'>> =>
  context.db.transaction(async (tx) => {
    const [round] = await tx.select().from(needRounds).where(eq(needRounds.id, roundId))
    if (!round) return refuse('unknown_round')
    const { communes } = await reportPlaces(tx, round.programmeId)
    if (!communes.some(({ id }) => id === unitId)) return refuse('not_asked')
    // A report of the same moment waits here, or is found.
    await tx.select({ id: administrativeUnits.id }).from(administrativeUnits).where(eq(administrativeUnits.id, unitId)).for('no key update')
    const [reported] = await tx
      .select({ id: needs.id })
      .from(needs)
      .where(and(eq(needs.unitId, unitId), eq(needs.schoolYear, round.schoolYear), ne(needs.state, 'refused')))
      .limit(1)
    if (reported) return refuse('reported')
    await tx.insert(needRoundAnswers).values({ roundId, unitId, by, answeredAt: context.now() }).onConflictDoNothing()
    return ok(null)
  })

/** The rounds of a fund, the newest school year first, with who has answered: a refused report is an answer too. */
export async function listNeedRounds({ db }: Context, fundId: number): Promise<NeedRound[]> {
  const rounds = await db
    .select({ round: needRounds, programmeSlug: programmes.slug })
    .from(needRounds)
    .innerJoin(programmes, eq(programmes.id, needRounds.programmeId))
    .where(eq(programmes.fundId, fundId))
    .orderBy(desc(needRounds.schoolYear), needRounds.id)
  const nothing = await db
    .select()
    .from(needRoundAnswers)
    .where(inArray(needRoundAnswers.roundId, [0, ...rounds.map(({ round }) => round.id)]))
  const listed: NeedRound[] = []
  for (const { round, programmeSlug } of rounds) {
    const { communes } = await reportPlaces(db, round.programmeId)
    const reported = await db
      .selectDistinct({ unitId: needs.unitId })
      .from(needs)
      .where(and(eq(needs.programmeId, round.programmeId), eq(needs.schoolYear, round.schoolYear)))
    listed.push({
      ...{ roundId: round.id, programmeSlug, schoolYear: round.schoolYear, dueOn: round.dueOn },
      communes: communes.map(({ id, fullNameVi }) => ({
        ...{ unitId: id, name: fullNameVi },
        answer: reported.some(({ unitId }) => unitId === id)
          ? ('reported' as const)
          : nothing.some(({ roundId, unitId }) => roundId === round.id && unitId === id)
            ? ('nothing' as const)
            : null,
      })),
    })
  }
  return listed
}
