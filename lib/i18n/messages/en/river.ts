import type { river as original } from '../vi/river'

export const river: typeof original = {
  title: 'The money of campaigns opened in {year}',
  said: 'Received {received}. Of it {delivered} is handed over, {spent} is paid and on its way, and {waiting} ({waitingShare}) is not spent yet.',
  wait: 'Over all years, from the day money came to the day of the handover: half took no more than {days, plural, one {# day} other {# days}}, by the last {count} handovers and the first đồng that paid for each.',
  narrow:
    'The money of {year} by need: received {received}, handed over {delivered}, not spent {waiting}. The table below has each branch.',
  noWait: 'There are too few handovers to say how long money waits.',
  years: 'Year in which campaigns were opened',
  table: 'Each branch, as a table',
  picture: 'The money of {year}: received {received}, handed over {delivered}, not spent {waiting}. The table below has each branch.',
  few: 'Of a spending of which a part went to fewer than five children it is not told how much is handed over, so that nobody can tell who they are: all of it is among what is paid.',
  where: 'Commune, need, fund',
  receivedVnd: 'Received',
  deliveredVnd: 'Handed over',
  spentVnd: 'Paid, on its way',
  waitingVnd: 'Not spent',
  total: 'All',
  others: 'Other communes',
  delivered: 'Handed over',
  spent: 'Paid, on its way',
  waiting: 'Not spent',
}
