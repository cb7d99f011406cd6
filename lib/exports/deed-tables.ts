import { sql } from 'drizzle-orm'
import { auditConditions } from '../staff/queries'
import { readAuditFilter } from '../staff/schema'
import { PART_WORDS, SPEND_PARTS } from '../spend-desk/model'
import { inSpendPart } from '../spend-desk/queries'
import { day, either, moment, number, person, text, word } from './columns'
import type { ExportTable } from './model'

const CAMPAIGN = [text('slug', sql`c.slug`), text('campaign', either(sql`c.title_vi`, sql`c.title_en`))]
const TITLE = text('title', either(sql`spends.title_vi`, sql`spends.title_en`))
const SPEND = sql`spends join campaigns c on c.id = spends.campaign_id`
const RELEASE = (of: 'p' | 'h') => {
  const [by, at, until, left] =
    of === 'p'
      ? [sql`p.released_by`, sql`p.released_at`, sql`p.withdrawn_by`, sql`p.withdrawn_at`]
      : [sql`h.released_by`, sql`h.released_at`, sql`h.withdrawn_by`, sql`h.withdrawn_at`]
  return [person('released_by', by), moment('released_at', at), person('withdrawn_by', until), moment('withdrawn_at', left)]
}

/** What money became, and who did what. */
export const DEED_TABLES = {
  spends: {
    // Under its own name: parts of the list speak of it by that.
    ...{ permission: 'spends.read', from: SPEND, fund: sql`spends.fund_id`, key: sql`spends.id` },
    when: { of: sql`spends.requested_at`, is: 'moment' },
    narrow: ({ phan = '' }) => {
      const part = SPEND_PARTS.find((one) => PART_WORDS[one] === phan)
      return part === undefined ? { where: undefined, facts: {} } : { where: inSpendPart(part), facts: { part } }
    },
    columns: [
      ...[
        number('id', sql`spends.id`),
        ...CAMPAIGN,
        TITLE,
        text('supplier', sql`spends.supplier`),
        number('amount_vnd', sql`spends.amount_vnd`),
      ],
      number('paid_vnd', sql`coalesce((select max(y.to_vnd) from spend_payments y where y.spend_id = spends.id), 0)`),
      number('back_vnd', sql`coalesce((select sum(y.to_vnd - y.from_vnd) from spend_refunds y where y.spend_id = spends.id), 0)`),
      word('state', sql`spends.state`, (m) => m['spend-desk'].states),
      ...[text('reason', either(sql`spends.reason_vi`, sql`spends.reason_en`)), day('due_on', sql`spends.due_on`)],
      ...[person('requested_by', sql`spends.requested_by`), moment('requested_at', sql`spends.requested_at`)],
      ...[person('decided_by', sql`spends.decided_by`), moment('decided_at', sql`spends.decided_at`)],
    ],
  },
  spend_items: {
    permission: 'spends.read',
    ...{ from: sql`spend_items i join ${SPEND} on spends.id = i.spend_id`, fund: sql`spends.fund_id` },
    key: [sql`i.spend_id`, sql`i.position`],
    columns: [
      ...[number('spend', sql`spends.id`), ...CAMPAIGN, number('position', sql`i.position + 1`)],
      ...[
        text('item', either(sql`i.item_vi`, sql`i.item_en`)),
        number('quantity', sql`i.units`),
        text('unit', either(sql`i.unit_vi`, sql`i.unit_en`)),
      ],
      number('amount_vnd', sql`i.amount_vnd`),
      number(
        'handed_over',
        sql`coalesce((select sum(y.to_unit - y.from_unit) from delivery_units y where y.spend_id = i.spend_id and y.position = i.position), 0)`,
      ),
    ],
  },
  payments: {
    permission: 'spends.read',
    from: sql`spend_payments y join ${SPEND} on spends.id = y.spend_id`,
    ...{ fund: sql`spends.fund_id`, key: sql`y.id`, when: { of: sql`y.paid_on`, is: 'day' } },
    columns: [
      ...[number('id', sql`y.id`), number('spend', sql`spends.id`), ...CAMPAIGN, TITLE, text('supplier', sql`spends.supplier`)],
      ...[number('amount_vnd', sql`y.to_vnd - y.from_vnd`), day('paid_on', sql`y.paid_on`)],
      text(
        'lines',
        sql`(select string_agg(x.bank_transaction_id::text, ' ') from bank_decisions b join bank_decision_lines x on x.decision_id = b.id
          where b.spend_payment_id = y.id and b.undone_at is null)`,
      ),
    ],
  },
  deliveries: {
    permission: 'deliveries.read',
    from: sql`deliveries d join ${SPEND} on spends.id = d.spend_id join administrative_units u on u.id = d.unit_id`,
    ...{ fund: sql`spends.fund_id`, key: sql`d.id`, when: { of: sql`d.delivered_on`, is: 'day' } },
    columns: [
      ...[number('id', sql`d.id`), number('spend', sql`spends.id`), ...CAMPAIGN, text('commune_code', sql`u.code`)],
      ...[text('commune', either(sql`u.full_name_vi`, sql`u.full_name_en`)), text('place', either(sql`d.place_vi`, sql`d.place_en`))],
      ...[day('delivered_on', sql`d.delivered_on`), number('children', sql`d.children`)],
      ...[
        text('note', either(sql`d.note_vi`, sql`d.note_en`)),
        person('added_by', sql`d.reported_by`),
        moment('added_at', sql`d.created_at`),
      ],
    ],
  },
  papers: {
    permission: 'evidence.read',
    from: sql`papers p left join spends on spends.id = p.spend_id left join goods_receipts r on r.id = p.goods_receipt_id
      left join pledges l on l.id = r.pledge_id`,
    ...{ fund: sql`coalesce(spends.fund_id, r.fund_id)`, key: sql`p.id`, when: { of: sql`p.dated_on`, is: 'day' } },
    columns: [
      ...[number('id', sql`p.id`), number('spend', sql`spends.id`), number('delivery', sql`p.delivery_id`), text('code', sql`l.code`)],
      ...[word('kind', sql`p.kind`, (m) => m.handover.kinds), day('dated_on', sql`p.dated_on`)],
      ...[person('added_by', sql`p.added_by`), moment('added_at', sql`p.added_at`), ...RELEASE('p')],
      text('reason', either(sql`p.reason_vi`, sql`p.reason_en`)),
    ],
  },
  photos: {
    permission: 'evidence.read',
    from: sql`photos h join deliveries d on d.id = h.delivery_id join spends on spends.id = d.spend_id`,
    ...{ fund: sql`spends.fund_id`, key: sql`h.id`, when: { of: sql`h.added_at`, is: 'moment' } },
    columns: [
      ...[number('id', sql`h.id`), number('delivery', sql`d.id`), number('consent', sql`h.consent_id`)],
      text('note', either(sql`h.alt_vi`, sql`h.alt_en`)),
      ...[person('added_by', sql`h.added_by`), moment('added_at', sql`h.added_at`), ...RELEASE('h')],
    ],
  },
  consents: {
    permission: 'evidence.read',
    from: sql`consents k join deliveries d on d.id = k.delivery_id join spends on spends.id = d.spend_id`,
    ...{ fund: sql`spends.fund_id`, key: sql`k.id`, when: { of: sql`k.given_on`, is: 'day' } },
    columns: [
      ...[number('id', sql`k.id`), number('delivery', sql`d.id`), word('given_by', sql`k.given_by`, (m) => m.handover.givers)],
      ...[word('given_how', sql`k.given_how`, (m) => m.handover.ways), text('document', sql`k.paper_number`)],
      ...[day('given_on', sql`k.given_on`), day('valid_until', sql`k.valid_until`), person('added_by', sql`k.recorded_by`)],
      ...[moment('added_at', sql`k.recorded_at`), person('withdrawn_by', sql`k.withdrawn_by`), moment('withdrawn_at', sql`k.withdrawn_at`)],
    ],
  },
  people: {
    permission: 'people.read',
    from: sql`staff_roles r join staff_members m on m.id = r.staff_id`,
    ...{ fund: sql`r.fund_id`, key: sql`r.id`, when: { of: sql`r.appointed_at`, is: 'moment' } },
    columns: [
      ...[
        text('staff_name', sql`coalesce(m.name, m.id)`),
        text('staff_email', sql`m.email`),
        word('role', sql`r.role`, (m) => m.console.roles),
      ],
      text(
        'communes',
        sql`(select string_agg(u.full_name_vi, ', ' order by u.code) from staff_communes x join administrative_units u on u.id = x.unit_id where x.role_id = r.id)`,
      ),
      ...[
        person('appointed_by', sql`r.appointed_by`),
        moment('appointed_at', sql`r.appointed_at`),
        person('confirmed_by', sql`r.confirmed_by`),
      ],
      ...[moment('effective_from', sql`r.effective_from`), person('ended_by', sql`r.ended_by`), moment('ended_at', sql`r.ended_at`)],
    ],
  },
  accounts: {
    ...{ permission: 'accounts.read', from: sql`receiving_accounts a`, fund: sql`a.fund_id`, key: sql`a.id` },
    columns: [
      ...[text('account', sql`a.alias`), text('bank', sql`a.bank_name`), text('bank_bin', sql`a.bank_bin`)],
      ...[
        text('account_number', sql`a.account_number`),
        text('account_name', sql`a.account_name`),
        person('requested_by', sql`a.proposed_by`),
      ],
      ...[person('approved_by', sql`a.approved_by`), moment('approved_at', sql`a.approved_at`)],
      ...[moment('effective_from', sql`a.effective_from`), moment('ended_at', sql`a.retired_at`)],
    ],
  },
  retirements: {
    permission: 'accounts.read',
    from: sql`account_retirements r join receiving_accounts a on a.id = r.receiving_account_id`,
    ...{ fund: sql`a.fund_id`, key: sql`r.id`, when: { of: sql`r.proposed_at`, is: 'moment' } },
    columns: [
      ...[text('account', sql`a.alias`), text('account_number', sql`a.account_number`), person('requested_by', sql`r.proposed_by`)],
      ...[moment('requested_at', sql`r.proposed_at`), person('approved_by', sql`r.approved_by`)],
      ...[moment('approved_at', sql`r.approved_at`), moment('ended_at', sql`r.retires_at`)],
    ],
  },
  audit: {
    // Under its own name: the filter of its page speaks of it by that.
    ...{ permission: 'audit.read', from: sql`staff_audit`, fund: sql`staff_audit.fund_id`, key: sql`staff_audit.id` },
    when: { of: sql`staff_audit.at`, is: 'moment' },
    narrow: (fields) => {
      // The days are every export's, and a page of the trail is none of its filter.
      const filter = readAuditFilter({ ...fields, tu: undefined, den: undefined, truoc: undefined })
      return { where: auditConditions(filter), facts: { ...filter } }
    },
    columns: [
      ...[number('id', sql`staff_audit.id`), moment('at', sql`staff_audit.at`), person('who', sql`staff_audit.staff_id`)],
      ...[text('network', sql`staff_audit.network`), text('action', sql`staff_audit.action`)],
      word('outcome', sql`staff_audit.outcome`, ({ console: { audit } }) => ({ done: audit.done, denied: audit.denied })),
      ...[text('about', sql`staff_audit.about_kind || ' ' || staff_audit.about_id`), text('before', sql`staff_audit.before`)],
      text('after', sql`staff_audit.after`),
    ],
  },
} as const satisfies Record<string, ExportTable>
