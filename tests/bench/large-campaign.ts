import pg from 'pg'

/** How much of each there is. */
export const GIFTS = 1_000_000
export const SPENDS = 10_000
/** Of each spend, in đồng: some fifty gifts. */
const SPEND_VND = 5_000_000
const UNITS = 25
/** Above every number that a database without gifts has given. */
const FIRST = 1_000_000
const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ', 'Lò', 'Hà']
const MIDDLE = ['Thị', 'Văn', 'Thu', 'Minh', 'Đức', 'Ngọc', 'Quang']
const GIVEN = [
  'An',
  'Bình',
  'Chi',
  'Dung',
  'Hà',
  'Hương',
  'Lan',
  'Mai',
  'Nhung',
  'Phúc',
  'Sơn',
  'Thảo',
  'Tuấn',
  'Uyên',
  'Vy',
  'Yến',
  'Xuyến',
]

const one = (names: string[], by: string) => `(array[${names.map((name) => `'${name}'`).join(',')}])[1 + (${by}) % ${names.length}]`
/** Two codes never meet, and none is a pledge's of the factories: those are drawn by lot among 31⁶. */
const code = (number: string) =>
  `'TD' || ${Array.from({ length: 7 }, (_, place) => `substr('23456789ABCDEFGHJKMNPQRSTUVWXYZ', 1 + ((${number}) / ${31 ** (6 - place)})::int % 31, 1)`).join(' || ')}`
const AMOUNT = '(20000 + (i * 7919) % 160 * 1000)'
const DAY = `('2025-12-01'::date + (i / 3000)::int)`

/**
 * Fills an open campaign with a million gifts and ten thousand spends that are paid and handed over, the same each time,
 * in the tables that the product's own commands fill, as they do: `listDiscrepancies` finds nothing wrong. What differs
 * from real traffic: gifts come evenly, each is one transfer with its code, none goes back, and every spend is of one item.
 * @param url a superuser's address of the database: it writes without triggers, which a sixth of the rows would take a day for
 */
export async function fillCampaign(url: string, campaign: { campaignId: number; lineId: number }): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { campaignId, lineId } = campaign
  const run = (text: string) => client.query(text)
  try {
    await run(`set session_replication_role = replica`)
    await run(`create temporary table g as select i, ${FIRST} + i as id, ${AMOUNT}::bigint as vnd,
      (sum(${AMOUNT}) over (order by i))::bigint as upto, ${DAY} as day, ${DAY}::timestamptz + interval '3 hours' as at
      from generate_series(0::bigint, ${GIFTS - 1}) as i`)
    await run(`create temporary table c as select c.fund_id, c.unit_id, r.id as account_id, r.account_number, a.id as line_account, b.id as bank_account, a.ledger_id
      from campaigns c join ledger_accounts a on a.line_id = c.line_id
        join receiving_accounts r on r.fund_id = c.fund_id join ledger_accounts b on b.receiving_account_id = r.id and b.ledger_id = a.ledger_id
      where c.id = ${campaignId}`)
    await run(`insert into pledges (id, code, fund_id, campaign_id, receiving_account_id, method, amount_vnd, donor_kind, is_named, locale, state, idempotency_key, secret_hash, created_at, expires_at)
      overriding system value select id, ${code('g.i * 27::bigint')}, fund_id, ${campaignId}, account_id, 'bank_transfer', vnd, case when i % 50 = 0 then 'company' else 'person' end,
      i % 2 = 0, 'vi', 'received', 'large:' || i, decode(md5(i::text), 'hex'), at, at + interval '7 days' from g, c`)
    await run(`insert into disclosures (pledge_id, field, text, salt, commitment, review)
      select id, 'name', case when i % 50 = 0 then 'Công ty ' else '' end || ${one(FAMILIES, 'i / 2')} || ' ' || ${one(MIDDLE, 'i / 24')} || ' ' || ${one(GIVEN, 'i / 168')},
      decode(md5(i::text) || md5(i::text), 'hex'), md5(i::text) || md5(i::text), 'shown' from g where i % 2 = 0`)
    await run(`insert into bank_transactions (id, receiving_account_id, account_number, direction, amount_vnd, reference, memo, transacted_at, provider, state, created_at)
      overriding system value select g.id, account_id, account_number, 'in', vnd, 'LARGE' || i, p.code, at, 'sepay', 'placed', at from g, c, pledges p where p.id = g.id`)
    await run(`insert into entries (id, kind, idempotency_key, occurred_at, booked_at) overriding system value
      select id, 'donation', 'large:' || i, at, at from g`)
    await run(
      `insert into postings (entry_id, ledger_id, debit_account_id, credit_account_id, amount) select id, ledger_id, bank_account, line_account, vnd from g, c`,
    )
    await run(`insert into donations (id, fund_id, line_id, pledge_id, bank_transaction_id, entry_id, amount_vnd, received_at, created_at) overriding system value
      select id, fund_id, ${lineId}, id, id, id, vnd, at, at from g, c`)
    await run(`insert into events (id, kind, idempotency_key, fund_id, line_id, day, amount_vnd, facts, donation_id, created_at) overriding system value
      select id, 'donation', 'donation:' || id, fund_id, ${lineId}, day, vnd, '{}', id, at from g, c`)
    await run(
      `insert into intervals (line_id, start_vnd, end_vnd, event_id, donation_id) select ${lineId}, upto - vnd, upto, id, id from g`,
    )
    await run(`insert into day_totals (day, fund_id, received_vnd, gifts) select day, fund_id, sum(vnd), count(*) from g, c group by 1, 2`)

    await run(
      `create temporary table s as select k, ${FIRST + GIFTS} + k as id, '2026-09-30'::date as day, '2026-09-30'::timestamptz as at from generate_series(0::bigint, ${SPENDS - 1}) as k`,
    )
    await run(`insert into spends (id, fund_id, campaign_id, line_id, title_vi, title_en, supplier, amount_vnd, state, due_on, idempotency_key, requested_by, requested_at, decided_by, decided_at)
      overriding system value select id, fund_id, ${campaignId}, ${lineId}, 'Đợt mua ' || k, 'Purchase ' || k, 'Cửa hàng Mẫu', ${SPEND_VND}, 'settled', day, 'large:' || k, 'an', at, 'binh', at from s, c`)
    await run(`insert into spend_items select id, 0, 'Áo khoác', 'Coat', 'áo', 'coats', ${UNITS}, ${SPEND_VND} from s`)
    await run(
      `insert into entries (id, kind, idempotency_key, occurred_at, booked_at) overriding system value select id, 'spend', 'large-spend:' || k, at, at from s`,
    )
    await run(
      `insert into postings (entry_id, ledger_id, debit_account_id, credit_account_id, amount) select id, ledger_id, line_account, bank_account, ${SPEND_VND} from s, c`,
    )
    await run(`insert into events (id, kind, idempotency_key, fund_id, line_id, day, amount_vnd, facts, created_at) overriding system value
      select id, 'spend_paid', 'large-spend:' || k, fund_id, ${lineId}, day, ${SPEND_VND}, jsonb_build_object('spend', id::text), at from s, c
      union all select id + ${SPENDS}, 'delivery', 'large-delivery:' || k, fund_id, ${lineId}, day, null, jsonb_build_object('spend', id::text), at from s, c`)
    await run(
      `insert into spend_payments (spend_id, from_vnd, to_vnd, paid_on, entry_id, event_id, created_at) select id, 0, ${SPEND_VND}, day, id, id, at from s`,
    )
    await run(
      `insert into line_uses (line_id, start_vnd, end_vnd, event_id) select ${lineId}, k * ${SPEND_VND}::bigint, (k + 1) * ${SPEND_VND}::bigint, id from s`,
    )
    await run(`insert into deliveries (id, slug, spend_id, campaign_id, unit_id, place_vi, place_en, delivered_on, children, note_vi, note_en, event_id, idempotency_key, reported_by, created_at)
      overriding system value select id, 'dot-trao-' || k, id, ${campaignId}, unit_id, 'Điểm trường', 'School', day, ${UNITS}, '', '', id + ${SPENDS}, 'large:' || k, 'an', at from s, c`)
    await run(`insert into delivery_units (delivery_id, spend_id, position, from_unit, to_unit) select id, id, 0, 0, ${UNITS} from s`)
    await run(
      `insert into line_outflows (line_id, used_vnd, held_vnd, reserved_vnd, first_free_vnd) values (${lineId}, ${SPENDS * SPEND_VND}, 0, 0, ${SPENDS * SPEND_VND})`,
    )
    await run(`insert into line_totals (line_id, received_vnd, spent_vnd, gifts, last_gift_at)
      select ${lineId}, max(upto), ${SPENDS * SPEND_VND}, count(*), max(at) from g`)
    await run(`insert into event_positions (position, event_id, sequenced_at)
      select coalesce((select max(position) from event_positions), -1) + row_number() over (order by e.id), e.id, e.created_at from events e where e.id >= ${FIRST}`)
    for (const table of ['pledges', 'bank_transactions', 'entries', 'donations', 'events', 'spends', 'deliveries'])
      await run(`select setval(pg_get_serial_sequence('${table}', 'id'), (select max(id) from ${table}))`)
    await run('reset session_replication_role')
    await run('vacuum analyze')
  } finally {
    await client.end()
  }
}
