import { sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client'

/** What the console acts on, and where each stands: its fund, and the commune of today where it has one. One line a kind. */
const WHERE_IT_STANDS = {
  fund: (id) => sql`select id as fund_id, null::integer as commune_id from funds where id = ${id}::integer`,
  need: (id) =>
    sql`select p.fund_id, n.unit_id as commune_id from needs n join programmes p on p.id = n.programme_id where n.id = ${id}::integer`,
  need_sheet: (id) =>
    sql`select p.fund_id, null::integer as commune_id from need_imports i join programmes p on p.id = i.programme_id where i.id = ${id}::integer`,
  need_round: (id) =>
    sql`select p.fund_id, null::integer as commune_id from need_rounds r join programmes p on p.id = r.programme_id where r.id = ${id}::integer`,
  programme: (id) => sql`select fund_id, null::integer as commune_id from programmes where id = ${id}::integer`,
  campaign: (id) => sql`select fund_id, unit_id as commune_id from campaigns where id = ${id}::integer`,
  draft: (id) =>
    sql`select p.fund_id, n.unit_id as commune_id from campaign_drafts d join needs n on n.id = d.need_id
      join programmes p on p.id = n.programme_id where d.id = ${id}::integer`,
  pledge: (id) =>
    sql`select p.fund_id, c.unit_id as commune_id from pledges p left join campaigns c on c.id = p.campaign_id where p.code = ${id}`,
  donation: (id) => sql`select fund_id, null::integer as commune_id from donations where id = ${id}::bigint`,
  refund: (id) =>
    sql`select d.fund_id, null::integer as commune_id from refunds r join donations d on d.id = r.donation_id where r.id = ${id}::bigint`,
  dispute: (id) => sql`select fund_id, null::integer as commune_id from card_disputes where id = ${id}::bigint`,
  bank_line: (id) =>
    // One of an account that is not ours stands where somebody decided on it last.
    sql`select coalesce(a.fund_id, (select d.fund_id from bank_decisions d join bank_decision_lines l on l.decision_id = d.id
        where l.bank_transaction_id = b.id order by d.id desc limit 1)) as fund_id, null::integer as commune_id
      from bank_transactions b left join receiving_accounts a on a.id = b.receiving_account_id where b.id = ${id}::bigint`,
  account: (id) => sql`select fund_id, null::integer as commune_id from receiving_accounts where id = ${id}::integer`,
  statement: (id) => sql`select fund_id, null::integer as commune_id from statement_files where id = ${id}::bigint`,
  spend: (id) =>
    sql`select s.fund_id, c.unit_id as commune_id from spends s join campaigns c on c.id = s.campaign_id where s.id = ${id}::bigint`,
  budget_change: (id) =>
    sql`select c.fund_id, c.unit_id as commune_id from budget_changes b join campaigns c on c.id = b.campaign_id where b.id = ${id}::bigint`,
  delivery: (id) =>
    sql`select s.fund_id, d.unit_id as commune_id from deliveries d join spends s on s.id = d.spend_id where d.id = ${id}::bigint`,
  consent: (id) =>
    sql`select coalesce(s.fund_id, p.fund_id) as fund_id, coalesce(d.unit_id, n.unit_id) as commune_id from consents c
      left join deliveries d on d.id = c.delivery_id left join spends s on s.id = d.spend_id
      left join campaign_drafts f on f.id = c.draft_id left join needs n on n.id = f.need_id
      left join programmes p on p.id = n.programme_id where c.id = ${id}::bigint`,
  photo: (id) =>
    sql`select coalesce(s.fund_id, p.fund_id) as fund_id, coalesce(d.unit_id, n.unit_id) as commune_id from photos c
      left join deliveries d on d.id = c.delivery_id left join spends s on s.id = d.spend_id
      left join campaign_drafts f on f.id = c.draft_id left join needs n on n.id = f.need_id
      left join programmes p on p.id = n.programme_id where c.id = ${id}::bigint`,
  advance: (id) =>
    sql`select s.fund_id, c.unit_id as commune_id from spend_advances a join spends s on s.id = a.spend_id
      join campaigns c on c.id = s.campaign_id where a.id = ${id}::bigint`,
  paper: (id) =>
    sql`select c.fund_id, c.unit_id as commune_id from papers p left join spends s on s.id = p.spend_id
      left join goods_receipts r on r.id = p.goods_receipt_id left join goods_lines o on o.line_id = r.line_id
      join campaigns c on c.id = coalesce(s.campaign_id, o.campaign_id) where p.id = ${id}::bigint`,
  office_receipt: (id) => sql`select fund_id, null::integer as commune_id from office_receipts where id = ${id}::bigint`,
  cash_reversal: (id) =>
    sql`select o.fund_id, null::integer as commune_id from cash_reversals c join office_receipts o on o.id = c.receipt_id where c.id = ${id}::bigint`,
  cash_deposit: (id) => sql`select fund_id, null::integer as commune_id from cash_deposits where id = ${id}::bigint`,
  logo: (id) => sql`select fund_id, null::integer as commune_id from organisation_logos where id = ${id}::bigint`,
  role: (id) => sql`select fund_id, null::integer as commune_id from staff_roles where id = ${id}::bigint`,
  platform: () => sql`select null::integer as fund_id, null::integer as commune_id`,
} as const satisfies Record<string, (id: string) => SQL>

export type ThingKind = keyof typeof WHERE_IT_STANDS

/** What an act is about: a spend by its id, a pledge by its code. */
export interface Thing {
  kind: ThingKind
  id: bigint | number | string
}

export interface WhereItStands {
  fundId: number | null
  communeId: number | null
}

/** Where a thing stands, as the tables know it and not as an address says; null where there is none. */
export async function whereItStands(db: Database, { kind, id }: Thing): Promise<WhereItStands | null> {
  const text = String(id)
  // A number that is none would be an error of the database.
  if (kind !== 'pledge' && kind !== 'platform' && !/^\d{1,9}$/.test(text)) return null
  const [row] = await db
    .select({ fundId: sql<number | null>`found.fund_id`, communeId: sql<number | null>`found.commune_id` })
    .from(sql`(${WHERE_IT_STANDS[kind](text)}) as found`)
  return row ?? null
}
