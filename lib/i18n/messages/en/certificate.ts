import type { certificate as vi } from '../vi/certificate'

export const certificate: typeof vi = {
  title: 'Certificate of thanks',
  thanks: 'With thanks to',
  gave: 'for a gift of',
  gaveGoods: 'for goods and services',
  words: '{words} đồng',
  item: '{units} {unit} · {item}',
  more: '{count, plural, one {and # more item} other {and # more items}}',
  for: 'for the campaign',
  forPot: 'to the general pot of',
  received: '{commune}. Received by the fund on {day}.',
  receivedOn: 'The fund received it on {day}.',
  follow: 'Scan to follow every đồng of this gift to the children.',
  note: 'This paper says thank you; it is no document for taxes.',
  sample: 'A sample, made from sample data. No money was moved.',
  link: 'Download the certificate of thanks (PDF)',
}
