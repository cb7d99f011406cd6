/** An entry before it is written. */
export type Leaf = Record<string, unknown> & { facts: Record<string, unknown> }
type More = Record<string, unknown>

/** Days, for histories that begin on one. */
export const [DAY, NEXT] = ['2026-01-05', '2026-01-06']

/** Facts of one history: its pots, gifts, lines and spends have numbers that no other has, so that many stand in one log. */
export function historyOf(nth: number) {
  const base = nth * 100
  const number = (at: number) => String(base + at)
  const [account, fund] = [`tk ${nth}`, `quy-${nth}`]
  const leaf = (kind: string, top: More, facts: More): Leaf => ({ kind, day: DAY, fund, ...top, facts })
  const pot = (at = 1, kind = 'campaign') => ({ line: base + at, pot: kind })
  const vnd = (amount: number) => ({ amountVnd: String(amount) })
  const from = (start: number, amount: number, ...whose: string[]) => [[String(start), String(start + amount), ...whose]]
  return {
    ...{ number, leaf, pot, vnd, from, account, fund },
    gift: (at: number, start: number, amount: number, more: More = {}, facts: More = {}) =>
      leaf(
        'donation',
        { ...pot(), ...vnd(amount), gift: number(at), bankLine: number(at), toldBy: 'statement', intervals: from(start, amount), ...more },
        { via: 'bank', account, ...facts },
      ),
    cash: (at: number, start: number, amount: number, more: More = {}) =>
      leaf(
        'donation',
        { ...pot(), ...vnd(amount), gift: number(at), intervals: from(start, amount), ...more },
        { via: 'cash', receipt: `${at}` },
      ),
    line: (at: number, amount: number, facts: More = {}, more: More = {}) =>
      leaf(
        'line_classified',
        { ...vnd(amount), ...more },
        { account, line: number(at), direction: 'in', class: 'gift', happenedOn: DAY, target: { gifts: [number(at)] }, ...facts },
      ),
    out: (at: number, amount: number, is: string, target?: More) =>
      leaf('line_classified', vnd(amount), {
        account,
        line: number(at),
        direction: 'out',
        class: is,
        happenedOn: DAY,
        ...(target ? { target } : {}),
      }),
    close: (lines: number[], inVnd: number, facts: More = {}, more: More = {}) =>
      leaf('day_closed', more, {
        ...{ account, openingVnd: '0', closingVnd: String(inVnd), inVnd: String(inVnd), outVnd: '0', linesIn: lines.length, linesOut: 0 },
        ...{ lines: lines.map((at) => [number(at), number(at + 1)]), lateLines: 0, late: [], ...facts },
      }),
    asked: (amount: number, facts: More = {}) =>
      leaf('spend_requested', { ...pot(), ...vnd(amount) }, { spend: number(1), items: 1, ...facts }),
    approved: (amount: number, facts: More = {}) => leaf('spend_approved', { ...pot(), ...vnd(amount) }, { spend: number(1), ...facts }),
    paid: (start: number, amount: number, fromVnd = 0, facts: More = {}) =>
      leaf(
        'spend_paid',
        { ...pot(), ...vnd(amount) },
        { spend: number(1), fromVnd: String(fromVnd), stretches: from(start, amount), ...facts },
      ),
    handed: (units: More[]) => leaf('delivery', pot(), { spend: number(1), commune: 'xa-1', units, children: 9 }),
    moved: (start: number, amount: number, whose: string, [out, into]: [More, More] = [{}, {}]) => [
      leaf('transfer_out', { ...pot(), ...vnd(amount), ...out }, { to: base + 2, stretches: from(start, amount) }),
      leaf('transfer_in', { ...pot(2, 'general'), ...vnd(amount), intervals: from(0, amount, whose), ...into }, { from: base + 1 }),
    ],
    given: (kind: string, start: number, amount: number, facts: More = {}, at = 1, of = 1) =>
      leaf(kind, { ...pot(of), ...vnd(amount), gift: number(at) }, { stretches: from(start, amount), ...facts }),
    opened: (at: number, campaign: string, place: More) => leaf('campaign_state', pot(at), { campaign, to: 'open', ...place }),
    goods: (at: number, start: number, units: number) =>
      leaf(
        'goods_received',
        { ...pot(5, 'goods'), units: String(units), goods: number(at), intervals: from(start, units) },
        { item: 'ao-am' },
      ),
  }
}
export type History = ReturnType<typeof historyOf>
