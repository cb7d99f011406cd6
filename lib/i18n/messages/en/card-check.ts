export const cardCheck = {
  title: 'A check before the card page',
  description:
    'Just now the card page of gift {code} opens only after a short calculation or a minute’s wait. A bank transfer needs neither.',
  errorPrefix: 'Not opened yet: ',
  kicker: 'Gift {code}',
  lead: 'Somebody is trying out stolen cards on pages like this one. To keep machines out, your device does a short calculation before the card page opens.',
  what: 'It runs on your own device and takes a few seconds. Nothing about you is sent, and nobody doubts your card.',
  go: 'Go on to the card page',
  working: 'Calculating',
  stop: 'Stop',
  stopped: 'Stopped. Nothing was sent.',
  done: 'Done. The card page is opening.',
  cannot:
    'This browser can’t do the calculation. Please wait instead: a minute from when this page opened, then press the button above again.',
  wait: 'Your browser does not run JavaScript, so a wait takes the place of the calculation: the button above is good in {seconds, plural, one {# second} other {# seconds}}, and then for ten minutes.',
  waited: 'You have waited a minute: the button above is good now, for ten minutes from then on.',
  problem: {
    som: 'The minute is not over yet. In about {seconds, plural, one {# second} other {# seconds}} press the button below again.',
    cu: 'The last calculation or wait was more than ten minutes ago, or has opened a card page already. Please do it once more.',
    nhieu:
      'Several card pages have just been opened from the network you are on. Please press again in ten minutes, open this page in a browser with JavaScript, or give by bank transfer.',
    tac: 'The card page can’t be opened just now. No money was taken. Please try again in a few minutes, or give by bank transfer.',
  },
  calm: {
    lead: 'No check is needed just now. You can open the card page at once.',
  },
  paused: {
    title: 'Cards are closed for a while',
    lead: 'Somebody is trying out stolen cards here, so no card page can be opened just now. Your gift stands as it is, and no money was taken.',
    until: 'Unless more is tried, cards are open again at {moment}.',
    again: 'See whether cards are open again',
  },
  transfer: {
    title: 'A bank transfer needs no check',
    text: 'A bank transfer is welcome at any time, with the code {code}.',
    foreign: 'This gift is in another currency, and transfers are in đồng. Change the pledge to đồng, and you can transfer at once.',
    change: 'Change the pledge to đồng',
    link: 'Transfer with the code {code}',
  },
}
