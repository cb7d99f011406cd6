import type { home as vi } from '../vi/home'

export const home: typeof vi = {
  lead: 'This school year, children in {count, plural, one {# highland commune} other {# highland communes and wards}} of Hà Nội and the Ninh Thuận area still lack {amount} for lunches, warm clothes, books and more. Every đồng received has a number, and anyone can trace it.',
  leadMet:
    'What children in the highland communes of Hà Nội and the Ninh Thuận area need this school year is covered. Every đồng received has a number, and anyone can trace it.',
  leadNone:
    'The highland communes of Hà Nội and the Ninh Thuận area are surveying what children need this school year. Needs are published once a fund has checked them.',
  give: 'Give where it is needed most',
  browse: 'See the campaigns',
  lookup: 'Trace a gift',
  cloth: 'The cloth of the school year {year}, as of {day}',
  clothText:
    'Each strip is a commune, in a pattern of its own. It is woven as far as the need is met; bare warp is what is missing. {count, plural, one {The commune with the most missing} other {The # communes with the most missing}}:',
  commune: 'Commune',
  missing: 'Still missing',
  missingAfter: 'still missing',
  bar: '{share} received, {missing} still missing',
  keyReceived: 'received',
  keyMissing: 'still missing',
  sums: {
    asked: 'Needed this school year',
    covered: 'Covered by other sources',
    received: 'Received through the funds',
    missing: 'Still missing',
  },
  sumsNote:
    'Surgery and the sponsorship of single children are not counted here: they are shown only at the level of a fund. <a>See all communes and wards on the map</a>.',
  now: 'Needed now',
  nowEmpty: 'No campaign is open for gifts at the moment.',
  all: '{count, plural, one {See # campaign} other {See all # campaigns}}',
  week: 'Received this week',
  weekSum:
    '{count, plural, =0 {No gift came in the last seven days.} one {In the last seven days, # gift came:} other {In the last seven days, # gifts came:}}',
  weekPicture: 'Money received each day, from {from} to {to}; the most was {most} on {day}',
  weekTable: 'See each day',
  day: 'Day',
  gifts: 'Gifts',
  amount: 'Amount',
  total: 'Total',
  arrivals: 'Just arrived',
  arrival: '{name}, {amount}',
  returned: 'sent back',
  returnedPart: '{amount} sent back',
  justFunded: 'Just funded',
  fundedOn: 'Funded on {day}: {amount}',
  complete: 'A strip just finished',
  completeText:
    '<a>{title}</a>: {amount} received, complete on {day}. Green thread is woven only into the strip of a campaign that is complete.',
  checks: 'Do not trust, trace',
  checkCode: 'The code of your transfer opens <a>the page of that very gift</a>: whether it came, when, and where in the campaign it lies.',
  checkChildren: 'Gifts pay for children only. Management is paid by the state budget.',
  checkOverlap: 'What other sources cover is deducted before a campaign opens, and stands on the page of that campaign.',
  checkOrder: 'What comes first counts first. Once published, the order never changes.',
}
