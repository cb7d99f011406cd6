import { sql } from 'drizzle-orm'
import { isQueueGroup } from '../bank/model'
import { inQueueGroup } from '../bank/queue'
import { day, either, flag, moment, number, person, personal, text, word } from './columns'
import type { ExportTable } from './model'

const CODE = text('code', sql`l.code`)
const CAMPAIGN = [text('slug', sql`c.slug`), text('campaign', either(sql`c.title_vi`, sql`c.title_en`))]
/** Of a pledge: the name that the site shows, and what reaches its donor. */
const SHOWN_NAME = text(
  'name',
  sql`(select d.text from disclosures d where d.pledge_id = l.id and d.field = 'name' and d.review = 'shown' and l.is_named)`,
)
const CONTACT = [
  personal('email', sql`(select k.email from pledge_contacts k where k.pledge_id = l.id)`),
  personal('phone', sql`(select k.phone from pledge_contacts k where k.pledge_id = l.id)`),
  personal('tax_code', sql`(select k.tax_code from pledge_contacts k where k.pledge_id = l.id)`),
]

/** The bank, and what was given. */
export const MONEY_TABLES = {
  bank_lines: {
    permission: 'bank.read',
    // Under its own name: groups of the queue speak of it by that.
    from: sql`bank_transactions join receiving_accounts a on a.id = bank_transactions.receiving_account_id`,
    ...{ fund: sql`a.fund_id`, key: sql`bank_transactions.id`, when: { of: sql`bank_transactions.transacted_at`, is: 'moment' } },
    narrow: ({ nhom = '' }) =>
      isQueueGroup(nhom) ? { where: inQueueGroup(nhom), facts: { group: nhom } } : { where: undefined, facts: {} },
    columns: [
      ...[number('id', sql`bank_transactions.id`), text('account', sql`a.alias`), text('account_number', sql`a.account_number`)],
      word('direction', sql`bank_transactions.direction`, (m) => m.exports.directions),
      ...[number('amount_vnd', sql`bank_transactions.amount_vnd`), number('balance_vnd', sql`bank_transactions.running_balance_vnd`)],
      ...[moment('transacted_at', sql`bank_transactions.transacted_at`), day('posted_on', sql`bank_transactions.posted_on`)],
      ...[text('reference', sql`bank_transactions.reference`), text('memo', sql`bank_transactions.memo`)],
      word('told_by', sql`bank_transactions.provider`, (m) => m.exports.providers),
      word('state', sql`bank_transactions.state`, (m) => m.exports.lineStates),
      word('why', sql`bank_transactions.reason`, (m) => m.desk.reasons),
      text(
        'codes',
        sql`(select string_agg(distinct l.code, ' ' order by l.code) from donations g join pledges l on l.id = g.pledge_id
          where g.bank_transaction_id = bank_transactions.id)`,
      ),
      number('same_as', sql`bank_transactions.duplicate_of_id`),
    ],
  },
  decisions: {
    ...{ permission: 'bank.read', from: sql`bank_decisions b`, fund: sql`b.fund_id`, key: sql`b.id` },
    when: { of: sql`b.decided_at`, is: 'moment' },
    columns: [
      ...[number('id', sql`b.id`), word('kind', sql`b.kind`, (m) => m.desk.kinds)],
      text(
        'lines',
        sql`(select string_agg(x.bank_transaction_id::text, ' ' order by x.bank_transaction_id) from bank_decision_lines x where x.decision_id = b.id)`,
      ),
      ...[text('reason', sql`b.reason`), person('decided_by', sql`b.decided_by`), moment('decided_at', sql`b.decided_at`)],
      ...[person('undone_by', sql`b.undone_by`), moment('undone_at', sql`b.undone_at`), text('undone_reason', sql`b.undone_reason`)],
    ],
  },
  rules: {
    ...{
      permission: 'bank.read',
      from: sql`bank_rules r`,
      fund: sql`r.fund_id`,
      key: sql`r.id`,
      when: { of: sql`r.made_at`, is: 'moment' },
    },
    columns: [
      ...[number('id', sql`r.id`), text('words', sql`r.words`), word('direction', sql`r.direction`, (m) => m.exports.directions)],
      ...[number('least_vnd', sql`r.least_vnd`), number('most_vnd', sql`r.most_vnd`), word('kind', sql`r.decision`, (m) => m.desk.kinds)],
      ...[person('made_by', sql`r.made_by`), moment('made_at', sql`r.made_at`), moment('ended_at', sql`r.retired_at`)],
    ],
  },
  statements: {
    permission: 'bank.read',
    from: sql`statement_files f left join receiving_accounts a on a.id = f.receiving_account_id`,
    ...{ fund: sql`f.fund_id`, key: sql`f.id`, when: { of: sql`f.uploaded_at`, is: 'moment' } },
    columns: [
      ...[number('id', sql`f.id`), text('file', sql`f.name`), text('format', sql`f.format`), text('account', sql`a.alias`)],
      word('state', sql`f.state`, (m) => m.statements.states),
      ...[number('lines_read', sql`f.lines_read`), number('lines_booked', sql`f.lines_booked`), person('added_by', sql`f.uploaded_by`)],
      ...[moment('added_at', sql`f.uploaded_at`), person('approved_by', sql`f.accepted_by`), moment('approved_at', sql`f.accepted_at`)],
      ...[text('reason', sql`f.accepted_despite`), moment('booked_at', sql`f.booked_at`)],
    ],
  },
  day_closes: {
    permission: 'bank.read',
    from: sql`day_closes d join receiving_accounts a on a.id = d.receiving_account_id`,
    ...{ fund: sql`a.fund_id`, key: sql`d.id`, when: { of: sql`d.day`, is: 'day' } },
    columns: [
      ...[text('account', sql`a.alias`), day('day', sql`d.day`), number('opening_vnd', sql`d.opening_vnd`)],
      ...[number('sum_in_vnd', sql`d.sum_in_vnd`), number('sum_out_vnd', sql`d.sum_out_vnd`), number('closing_vnd', sql`d.closing_vnd`)],
      ...[number('lines_in', sql`d.lines_in`), number('lines_out', sql`d.lines_out`), number('late_lines', sql`d.late_lines`)],
      ...[person('closed_by', sql`d.closed_by`), moment('closed_at', sql`d.closed_at`)],
    ],
  },
  unread: {
    permission: 'bank.read',
    from: sql`unread_decisions u left join bank_notices n on n.id = u.notice_id left join card_movements m on m.stripe_id = u.movement_id`,
    ...{ fund: sql`u.fund_id`, key: sql`u.id`, when: { of: sql`u.decided_at`, is: 'moment' } },
    columns: [
      ...[
        number('id', sql`u.id`),
        word('told_by', sql`coalesce(n.provider, 'stripe')`, (m) => ({ ...m.exports.providers, stripe: 'Stripe' })),
      ],
      ...[moment('received_at', sql`coalesce(n.received_at, m.created_at)`), number('amount_vnd', sql`m.amount_vnd`)],
      ...[word('kind', sql`u.kind`, (m) => m.unread.say), number('line', sql`u.bank_transaction_id`), text('reason', sql`u.reason`)],
      ...[person('decided_by', sql`u.decided_by`), moment('decided_at', sql`u.decided_at`)],
      ...[person('undone_by', sql`u.undone_by`), moment('undone_at', sql`u.undone_at`)],
    ],
  },
  receipts: {
    permission: 'gifts.read',
    from: sql`office_receipts o join pledges l on l.id = o.pledge_id left join campaigns c on c.id = l.campaign_id
      left join cheque_returns b on b.receipt_id = o.id left join cash_reversals v on v.receipt_id = o.id and v.state = 'reversed'
      left join lateral (select f.reason, f.decided_by, f.decided_at from refunds f join donations d on d.id = f.donation_id
        where d.pledge_id = o.pledge_id and f.reason = 'cheque_returned' and f.state = 'sent' limit 1) f on o.kind = 'cheque'`,
    ...{ fund: sql`o.fund_id`, key: sql`o.id`, when: { of: sql`o.received_on`, is: 'day' } },
    columns: [
      text(
        'document',
        sql`case o.kind when 'cash' then 'PT ' else 'BNS ' end || lpad(o.number::text, greatest(4, length(o.number::text)), '0') || '/' || o.year`,
      ),
      ...[word('method', sql`o.kind`, (m) => m.exports.methods), CODE, ...CAMPAIGN, number('amount_vnd', sql`o.amount_vnd`)],
      ...[day('received_on', sql`o.received_on`), text('reference', sql`o.cheque_number`), text('bank', sql`o.cheque_bank`)],
      ...[
        person('made_by', sql`o.issued_by`),
        moment('made_at', sql`o.issued_at`),
        word('why', sql`coalesce(b.reason, f.reason)`, (m) => ({ ...m.office.returns, ...m.desk.refunds.reasons })),
      ],
      ...[
        word('reason', sql`v.reason`, (m) => m.office.reasons),
        person('undone_by', sql`coalesce(v.decided_by, b.recorded_by, f.decided_by)`),
      ],
      ...[moment('undone_at', sql`coalesce(v.decided_at, b.recorded_at, f.decided_at)`), SHOWN_NAME, ...CONTACT],
    ],
  },
  deposits: {
    permission: 'gifts.read',
    from: sql`cash_deposits d join receiving_accounts a on a.id = d.receiving_account_id`,
    ...{ fund: sql`d.fund_id`, key: sql`d.id`, when: { of: sql`d.taken_on`, is: 'day' } },
    columns: [
      ...[number('id', sql`d.id`), text('account', sql`a.alias`), number('amount_vnd', sql`d.amount_vnd`), day('day', sql`d.taken_on`)],
      ...[text('document', sql`d.slip`), person('made_by', sql`d.taken_by`), moment('made_at', sql`d.taken_at`)],
      number(
        'line',
        sql`(select min(x.bank_transaction_id) from bank_decisions y join bank_decision_lines x on x.decision_id = y.id
          where y.cash_deposit_id = d.id and y.undone_at is null)`,
      ),
      ...[person('withdrawn_by', sql`d.withdrawn_by`), moment('withdrawn_at', sql`d.withdrawn_at`)],
    ],
  },
  pledges: {
    permission: 'pledges.read',
    // What was handed in for the general pot has no campaign.
    from: sql`pledges l left join campaigns c on c.id = l.campaign_id`,
    ...{ fund: sql`l.fund_id`, key: sql`l.id`, when: { of: sql`l.created_at`, is: 'moment' } },
    columns: [
      ...[CODE, ...CAMPAIGN, word('method', sql`l.method`, (m) => m.exports.methods), number('amount_vnd', sql`l.amount_vnd`)],
      ...[text('currency', sql`upper(l.currency)`), text('amount_foreign', sql`(l.amount_minor / 100.0)::numeric(20, 2)`)],
      word('state', sql`l.state`, (m) => m.exports.pledgeStates),
      ...[word('donor_kind', sql`l.donor_kind`, (m) => m.exports.donorKinds), flag('is_named', sql`l.is_named`), SHOWN_NAME, ...CONTACT],
      ...[moment('created_at', sql`l.created_at`), moment('expires_at', sql`l.expires_at`)],
    ],
  },
  gifts: {
    permission: 'gifts.read',
    from: sql`donations g left join pledges l on l.id = g.pledge_id left join campaigns c on c.line_id = g.line_id`,
    ...{ fund: sql`g.fund_id`, key: sql`g.id`, when: { of: sql`g.received_at`, is: 'moment' } },
    columns: [
      ...[number('id', sql`g.id`), CODE, ...CAMPAIGN, number('amount_vnd', sql`g.amount_vnd`)],
      word('kind', sql`g.nature`, (m) => m.exports.natures),
      ...[
        moment('received_at', sql`g.received_at`),
        number('line', sql`g.bank_transaction_id`),
        flag('by_card', sql`g.card_payment_id is not null`),
      ],
      flag('stands', sql`not exists (select 1 from donation_reversals v where v.donation_id = g.id and v.restored_by_event_id is null)`),
      ...[number('in_place_of', sql`g.replaces_id`), SHOWN_NAME, ...CONTACT],
    ],
  },
  goods: {
    permission: 'gifts.read',
    from: sql`goods_receipts r join pledges l on l.id = r.pledge_id join goods_lines o on o.line_id = r.line_id
      join campaigns c on c.id = o.campaign_id join budget_lines b on b.campaign_id = o.campaign_id and b.position = o.position
      left join goods_reversals v on v.receipt_id = r.id`,
    ...{ fund: sql`r.fund_id`, key: sql`r.id`, when: { of: sql`r.received_on`, is: 'day' } },
    columns: [
      ...[
        number('id', sql`r.id`),
        CODE,
        ...CAMPAIGN,
        text('item', either(sql`b.item_vi`, sql`b.item_en`)),
        number('quantity', sql`r.units`),
      ],
      ...[text('unit', either(sql`b.unit_vi`, sql`b.unit_en`)), word('condition', sql`r.condition`, (m) => m.exports.conditions)],
      ...[
        text('document', sql`r.document_reference`),
        number('stated_vnd', sql`r.stated_value_vnd`),
        day('received_on', sql`r.received_on`),
      ],
      ...[person('added_by', sql`r.received_by`), moment('withdrawn_at', sql`v.reversed_at`), person('withdrawn_by', sql`v.reversed_by`)],
      ...[word('reason', sql`v.reason`, (m) => m.goods.reversals), SHOWN_NAME, ...CONTACT],
    ],
  },
  refunds: {
    permission: 'refunds.read',
    from: sql`refunds r join donations g on g.id = r.donation_id left join pledges l on l.id = g.pledge_id`,
    ...{ fund: sql`g.fund_id`, key: sql`r.id`, when: { of: sql`r.requested_at`, is: 'moment' } },
    columns: [
      ...[number('id', sql`r.id`), number('gift', sql`g.id`), CODE, number('amount_vnd', sql`r.amount_vnd`)],
      ...[flag('by_card', sql`g.card_payment_id is not null`), word('why', sql`r.reason`, (m) => m.desk.refunds.reasons)],
      word('state', sql`r.state`, (m) => ({ ...m.desk.refunds.states, approved: m.exports.approved })),
      ...[person('requested_by', sql`r.requested_by`), moment('requested_at', sql`r.requested_at`)],
      ...[person('decided_by', sql`r.decided_by`), moment('decided_at', sql`r.decided_at`)],
    ],
  },
  disputes: {
    permission: 'refunds.read',
    from: sql`card_disputes x join donations g on g.id = x.donation_id left join pledges l on l.id = g.pledge_id`,
    ...{ fund: sql`x.fund_id`, key: [sql`x.donation_id`, sql`hashtextextended(x.stripe_id, 0)`] },
    when: { of: sql`x.opened_at`, is: 'moment' },
    columns: [
      ...[text('dispute', sql`x.stripe_id`), number('gift', sql`g.id`), CODE, number('amount_vnd', sql`x.amount_vnd`)],
      ...[text('why', sql`x.reason`), word('state', sql`x.state`, (m) => m.exports.disputeStates), moment('opened_at', sql`x.opened_at`)],
      ...[moment('answer_by', sql`x.answer_by`), moment('closed_at', sql`x.closed_at`)],
    ],
  },
} as const satisfies Record<string, ExportTable>
