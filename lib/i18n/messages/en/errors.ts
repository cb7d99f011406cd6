export const errors = {
  notFound: {
    title: 'There is no such page',
    lead: 'This address has never existed, or was mistyped.',
    address: 'The address you opened: {path}',
    ways: 'You may be looking for',
    campaigns: 'Campaigns that take gifts now',
    communes: 'The communes, and what each of them needs',
    lookup: 'Your gift, by its code',
    home: 'The first page',
    old: 'If an old link brought you here, please tell whoever published it. Addresses of campaigns and codes of gifts never change.',
  },
  crash: {
    title: 'This page has failed',
    lead: 'The fault is ours, not yours.',
    money: 'Money that was sent is not affected: the bank keeps the transfer, and the fund books it once the system is back.',
    form: 'If you have just sent a form, try again in a minute. Sent twice, it still makes one pledge.',
    again: 'Try again',
    home: 'To the first page',
  },
}
