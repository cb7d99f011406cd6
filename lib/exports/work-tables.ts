import { and, sql } from 'drizzle-orm'
import { parseSchoolYear } from '../needs/schema'
import { day, either, flag, moment, number, person, text, word } from './columns'
import type { ExportTable } from './model'

const COMMUNE = [text('commune_code', sql`u.code`), text('commune', either(sql`u.full_name_vi`, sql`u.full_name_en`))]
const CAMPAIGN = [text('slug', sql`c.slug`), text('campaign', either(sql`c.title_vi`, sql`c.title_en`))]
const CATEGORY = text('category', either(sql`k.name_vi`, sql`k.name_en`))
const SCHOOL_YEAR = text('school_year', sql`n.school_year || '-' || n.school_year + 1`)
const NEED = sql`needs n join programmes p on p.id = n.programme_id join administrative_units u on u.id = n.unit_id
  join need_categories k on k.key = n.category`
const COVERED = sql`coalesce((select sum(v.amount_vnd) from need_coverages v where v.need_id = n.id), 0)`
// What a closed campaign asks for is what it received (lib/campaigns/uncovered.ts).
const ASKED = sql`coalesce((select sum(case when c.state = 'closed' then coalesce(t.net_vnd, 0) else c.goal_vnd end)
  from campaigns c left join line_totals t on t.line_id = c.line_id where c.need_id = n.id), 0)`

/** Fields of the page of needs: a school year and a programme. */
function ofYear({ nam = '', ct = '' }: Readonly<Record<string, string | undefined>>) {
  const year = parseSchoolYear(nam)
  const slug = /^[a-z0-9-]{1,80}$/.test(ct) ? ct : null
  return {
    where: and(year === null ? undefined : sql`n.school_year = ${year}`, slug === null ? undefined : sql`p.slug = ${slug}`),
    facts: { ...(year === null ? {} : { schoolYear: year }), ...(slug === null ? {} : { programme: slug }) },
  }
}

/** What communes need, and what is written to meet it. */
export const WORK_TABLES = {
  needs: {
    ...{ permission: 'needs.read', from: NEED, fund: sql`p.fund_id`, key: sql`n.id`, narrow: ofYear },
    when: { of: sql`n.reported_on`, is: 'day' },
    columns: [
      ...[number('id', sql`n.id`), text('programme', either(sql`p.title_vi`, sql`p.title_en`)), ...COMMUNE, CATEGORY, SCHOOL_YEAR],
      ...[number('children', sql`n.children`), number('quantity', sql`n.quantity`), text('unit', either(sql`k.unit_vi`, sql`k.unit_en`))],
      ...[number('amount_vnd', sql`n.amount_vnd`), number('covered_vnd', COVERED), number('in_campaigns_vnd', ASKED)],
      number('uncovered_vnd', sql`greatest(n.amount_vnd - ${COVERED} - ${ASKED}, 0)`),
      word('priority', sql`n.priority`, (m) => m['need-desk'].priorities),
      word('state', sql`n.state`, (m) => m['need-desk'].states),
      ...[text('note', sql`n.note`), day('reported_on', sql`n.reported_on`), day('checked_on', sql`n.checked_on`)],
      number('merged_into', sql`n.merged_into_id`),
    ],
  },
  unanswered: {
    permission: 'needs.read',
    from: sql`need_rounds r join programmes p on p.id = r.programme_id
      join (select distinct x.programme_id, s.successor_id from programme_units x join unit_successions s on s.predecessor_id = x.unit_id) x
        on x.programme_id = p.id
      join administrative_units u on u.id = x.successor_id and u.valid_to is null`,
    ...{ fund: sql`p.fund_id`, key: [sql`r.id`, sql`u.id`] },
    // A commune answers a round by a report, or by saying that it needs nothing (lib/needs/rounds.ts).
    narrow: () => ({
      where: sql`not exists (select 1 from needs n where n.programme_id = r.programme_id and n.school_year = r.school_year and n.unit_id = u.id)
        and not exists (select 1 from need_round_answers a where a.round_id = r.id and a.unit_id = u.id)`,
      facts: {},
    }),
    columns: [
      ...[text('programme', either(sql`p.title_vi`, sql`p.title_en`)), text('school_year', sql`r.school_year || '-' || r.school_year + 1`)],
      ...[day('answer_by', sql`r.due_on`), ...COMMUNE],
    ],
  },
  coverages: {
    ...{ permission: 'needs.read', from: sql`need_coverages v join ${NEED} on n.id = v.need_id`, fund: sql`p.fund_id`, key: sql`v.id` },
    narrow: ofYear,
    columns: [
      ...[number('need', sql`n.id`), ...COMMUNE, CATEGORY, SCHOOL_YEAR],
      word('source', sql`v.source`, (m) => m['need-desk'].sources),
      ...[text('source_name', either(sql`v.name_vi`, sql`v.name_en`)), number('quantity', sql`v.quantity`)],
      number('amount_vnd', sql`v.amount_vnd`),
    ],
  },
  campaigns: {
    permission: 'campaigns.read',
    from: sql`campaigns c join administrative_units u on u.id = c.unit_id join need_categories k on k.key = c.category
      left join line_totals t on t.line_id = c.line_id left join line_outflows o on o.line_id = c.line_id`,
    ...{ fund: sql`c.fund_id`, key: sql`c.id`, when: { of: sql`c.opens_on`, is: 'day' } },
    columns: [
      ...[number('id', sql`c.id`), text('slug', sql`c.slug`), text('title_vi', sql`c.title_vi`), text('title_en', sql`c.title_en`)],
      ...[...COMMUNE, CATEGORY, number('need', sql`c.need_id`)],
      word('state', sql`c.state`, (m) => m['campaign-desk'].states),
      ...[number('children', sql`c.children`), number('goal_vnd', sql`c.goal_vnd`), number('received_vnd', sql`coalesce(t.net_vnd, 0)`)],
      ...[number('paid_vnd', sql`coalesce(o.used_vnd, 0)`), number('reserved_vnd', sql`coalesce(o.reserved_vnd, 0)`)],
      ...[day('opens_on', sql`c.opens_on`), day('needed_by', sql`c.needed_by`), flag('is_emergency', sql`c.is_emergency`)],
      ...[person('handed_in_by', sql`c.handed_in_by`), person('approved_by', sql`c.approved_by`), moment('opens_at', sql`c.opens_at`)],
      moment('paused_at', sql`c.paused_at`),
    ],
  },
  budgets: {
    permission: 'campaigns.read',
    ...{ from: sql`budget_lines b join campaigns c on c.id = b.campaign_id`, fund: sql`c.fund_id` },
    key: [sql`b.campaign_id`, sql`b.position`],
    columns: [
      ...[...CAMPAIGN, number('position', sql`b.position + 1`), text('item', either(sql`b.item_vi`, sql`b.item_en`))],
      ...[text('unit', either(sql`b.unit_vi`, sql`b.unit_en`)), text('standard', either(sql`b.standard_vi`, sql`b.standard_en`))],
      ...[number('unit_price_vnd', sql`b.unit_price_vnd`), number('quantity', sql`b.quantity`)],
      number('amount_vnd', sql`b.unit_price_vnd * b.quantity`),
    ],
  },
  budget_changes: {
    permission: 'spends.read',
    from: sql`budget_changes g join campaigns c on c.id = g.campaign_id
      join budget_lines b on b.campaign_id = g.campaign_id and b.position = g.position`,
    ...{ fund: sql`c.fund_id`, key: sql`g.id`, when: { of: sql`g.requested_at`, is: 'moment' } },
    columns: [
      ...[number('id', sql`g.id`), ...CAMPAIGN, text('item', either(sql`b.item_vi`, sql`b.item_en`)), number('quantity', sql`g.quantity`)],
      word('state', sql`g.state`, (m) => m['spend-desk'].states),
      ...[text('reason', either(sql`g.reason_vi`, sql`g.reason_en`)), person('requested_by', sql`g.requested_by`)],
      ...[moment('requested_at', sql`g.requested_at`), person('decided_by', sql`g.decided_by`), moment('decided_at', sql`g.decided_at`)],
    ],
  },
} as const satisfies Record<string, ExportTable>
