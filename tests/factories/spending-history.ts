import fc from 'fast-check'

/** What histories must come to, so that none of it is left untried. */
export const EVERY_STATE = [
  ...['requested', 'approved', 'paid', 'settled', 'rejected', 'cancelled'].map((state) => `spend ${state}`),
  ...['waiting', 'committed', 'held', 'spent', 'delivered', 'refunded', 'reserve'].map((fate) => `đồng ${fate}`),
  ...['payment in part', 'payment over a hole', 'approval of too much', 'delivery of some units', 'delivery refused'],
  ...['refund as a hole', 'refund of what was spent', 'refund of what was held', 'reserve that stood in', 'reserve that was empty'],
  ...['move between lines', 'move of one gift', 'gift that nobody knew, placed later', 'hold released'],
  ...['advance handed out', 'advance refused', 'advance settled', 'advance came back', 'payment refused for what is out', 'spend replaced'],
  ...['supplier gave back', 'supplier refused', 'supplier gave back what was moved to the line', 'given back and spent anew'],
]

const at = fc.nat(1_000)
const amount = fc.integer({ min: 1, max: 40 })
/** What happens to a fund's money, in any order; much of it can't be, and is refused. */
export const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('give' as const), at, amount }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('give nobody knows' as const), amount }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('sequence' as const) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('ask' as const),
      at,
      items: fc.array(fc.record({ units: fc.integer({ min: 1, max: 5 }), more: fc.nat(15) }), { minLength: 1, maxLength: 3 }),
    }),
  },
  // Several steps at once, for what chance alone comes to too seldom.
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constantFrom('spend all' as const, 'finish' as const, 'spend anew' as const, 'spend moved' as const),
      at,
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('stand in' as const), at, amount }) },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constantFrom('approve' as const, 'approve' as const, 'approve' as const, 'reject' as const), at }),
  },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('pay' as const), at, share: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('supplier' as const), at, item: fc.nat(2), amount }) },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('deliver' as const), at, units: fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom('settle' as const, 'cancel' as const), at }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('advance' as const), at, share: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom('settle advance' as const, 'advance back' as const), at, amount }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('replace' as const), at, cheaper: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('hold' as const), at, amount }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('release' as const), at }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('refund' as const), at, amount }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('move' as const), at, to: at, amount }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('move gift' as const), at, to: at }) },
)
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never
