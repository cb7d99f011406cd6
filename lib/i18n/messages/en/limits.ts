export const limits = {
  title: 'Please wait a moment',
  what: {
    give: 'A great many gifts have just been sent from the network you are on, more than this site takes at one time.',
    codes: 'Too many different gift codes have just been looked up from the network you are on.',
    follow: 'Pages of gifts have just been opened too many times from the network you are on.',
    poll: 'Gifts have just been asked about too many times from the network you are on.',
    change: 'From the network you are on, there have just been too many tries to change or open a gift without its right private link.',
    webhook: 'Too many notices without a right signature have just come from this address.',
    'test-bank': 'Too many test transfers have just been sent from the network you are on.',
    site: 'A great many people are using this site at this moment, more than the server can serve at once.',
  },
  shared: 'A whole school, or many customers of one mobile network, may share one address, so it may well not have been you.',
  money: 'Money that was sent is not affected: the bank keeps the transfer, and the fund books it all the same.',
  typed:
    'Nothing of what you typed is lost. When the wait is over, send it again with the button on this page, or use your browser’s back button.',
  back: 'When the wait is over, use your browser’s back button and send it again.',
  when: 'You can try again in {time}.',
  seconds: '{count, plural, one {# second} other {# seconds}}',
  minutes: '{count, plural, one {# minute} other {# minutes}}',
  again: 'Try again',
  send: 'Send what was typed again',
  home: 'To the first page',
}
