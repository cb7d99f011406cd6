import { closeDispute, openDispute } from '../disputes'
import { Refusal } from '../errors'
import { confirmLater } from '../payments'
import { refund } from '../refunds'
import { idOf, type Session, type World } from '../world'
import { document, escaped, type Language, shown } from './document'

const texts = {
  vi: {
    title: 'Bàn thử của Stripe',
    lead: 'Ở đây bạn đóng vai ngân hàng của thẻ và nhân viên Stripe: trả lời một lần trả đang chờ, trả lại tiền, mở và kết thúc tranh chấp. Trang của khoản ủng hộ đổi ngay sau đó.',
    none: 'Chưa có trang thanh toán nào. Hãy ủng hộ bằng thẻ ở trang thử, rồi quay lại đây.',
    other: 'In English',
    refused: 'Không làm được: {why}',
    states: {
      open: 'đang mở',
      expired: 'đã hết hạn',
      processing: 'chờ ngân hàng trả lời',
      failed: 'ngân hàng không chấp nhận',
      paid: 'đã trả',
      partly: 'đã trả lại một phần',
      refunded: 'đã trả lại',
      disputed: 'đang tranh chấp',
      won: 'tranh chấp xong, tiền ở lại với quỹ',
      lost: 'tranh chấp xong, tiền về chủ thẻ',
    },
    acts: {
      confirm: 'Ngân hàng: đã trả',
      refuse: 'Ngân hàng: không trả',
      half: 'Trả lại một nửa',
      all: 'Trả lại cả khoản',
      dispute: 'Mở tranh chấp',
      win: 'Quỹ thắng',
      lose: 'Quỹ thua',
    },
  },
  en: {
    title: 'Stripe’s test desk',
    lead: 'Here you play the card’s bank and Stripe’s staff: answer a payment that waits, send money back, open a dispute and end it. The page of the gift changes right after.',
    none: 'There is no payment page yet. Give by card on the sample site, then come back here.',
    other: 'Tiếng Việt',
    refused: 'That cannot be done: {why}',
    states: {
      open: 'open',
      expired: 'expired',
      processing: 'waiting for the bank',
      failed: 'not accepted by the bank',
      paid: 'paid',
      partly: 'sent back in part',
      refunded: 'sent back',
      disputed: 'in dispute',
      won: 'dispute ended, the money stays with the fund',
      lost: 'dispute ended, the money went to the holder of the card',
    },
    acts: {
      confirm: 'Bank: paid',
      refuse: 'Bank: not paid',
      half: 'Send half back',
      all: 'Send all back',
      dispute: 'Open a dispute',
      win: 'The fund wins',
      lose: 'The fund loses',
    },
  },
}

type State = keyof (typeof texts)['vi']['states']
type Act = keyof (typeof texts)['vi']['acts']
const MOST_SHOWN = 30

const ACTS: Partial<Record<State, readonly Act[]>> = {
  processing: ['confirm', 'refuse'],
  paid: ['half', 'all', 'dispute'],
  partly: ['all', 'dispute'],
  disputed: ['win', 'lose'],
}

/** What is known of a session's money. */
function standing(world: World, session: Session) {
  const intent = session.payment_intent === null ? undefined : world.intents.rows.get(idOf(session.payment_intent))
  const charge = intent?.latest_charge == null ? undefined : world.charges.rows.get(idOf(intent.latest_charge))
  const dispute = world.disputes.newestFirst().find((one) => one.charge === charge?.id)
  return { intent, charge, dispute }
}

function stateOf(world: World, session: Session): State {
  if (session.status !== 'complete') return session.status === 'expired' ? 'expired' : 'open'
  const { intent, charge, dispute } = standing(world, session)
  if (dispute?.status === 'won') return 'won'
  if (dispute) return dispute.status === 'lost' ? 'lost' : 'disputed'
  if (charge && charge.amount_refunded > 0) return charge.refunded ? 'refunded' : 'partly'
  if (intent?.status === 'succeeded') return 'paid'
  return intent?.status === 'processing' ? 'processing' : 'failed'
}

/** Does what a button of the desk says. @returns why it could not be done; null where it was */
export function actAtDesk(world: World, form: URLSearchParams): string | null {
  const session = world.sessions.rows.get(form.get('session') ?? '')
  if (!session) return 'no such session'
  const { charge, dispute } = standing(world, session)
  const back = (amount: number) =>
    refund(world, { charge: charge?.id, intent: undefined, amount, reason: 'requested_by_customer', metadata: {} })
  const left = charge ? charge.amount - charge.amount_refunded : 0
  try {
    switch (form.get('act')) {
      case 'confirm':
        confirmLater(world, session.id, 'succeeded')
        return null
      case 'refuse':
        confirmLater(world, session.id, 'failed')
        return null
      case 'half':
        back(Math.floor(left / 2))
        return null
      case 'all':
        back(left)
        return null
      case 'dispute':
        openDispute(world, charge?.id ?? '')
        return null
      case 'win':
        closeDispute(world, dispute?.id ?? '', 'won')
        return null
      case 'lose':
        closeDispute(world, dispute?.id ?? '', 'lost')
        return null
      default:
        return 'nothing was asked for'
    }
  } catch (error) {
    return error instanceof Refusal || error instanceof Error ? error.message : 'unknown'
  }
}

/** The newest sessions of some accounts, with what may be done about each. */
export function deskPage(accounts: readonly { world: World; payee: string }[], language: Language, problem: string | null): string {
  const t = texts[language]
  const sessions = accounts
    .flatMap(({ world, payee }) => world.sessions.newestFirst().map((session) => ({ world, payee, session })))
    .toSorted((a, b) => b.session.created - a.session.created)
    .slice(0, MOST_SHOWN)
  const other = language === 'vi' ? 'en' : 'vi'
  return document(language, t.title, [
    `<h1>${t.title}</h1>`,
    `<p>${t.lead}</p>`,
    `<p><a href="/?lang=${other}" lang="${other}">${t.other}</a></p>`,
    problem === null ? '' : `<p class="alert" role="alert">${escaped(t.refused.replace('{why}', problem))}</p>`,
    sessions.length === 0
      ? `<p>${t.none}</p>`
      : `<ul class="lines desk">${sessions.map(({ world, payee, session }) => item(world, payee, session, language)).join('\n')}</ul>`,
  ])
}

function item(world: World, payee: string, session: Session, language: Language): string {
  const { states, acts } = texts[language]
  const state = stateOf(world, session)
  const code = escaped(session.client_reference_id ?? session.id)
  const buttons = (ACTS[state] ?? []).map((act) => `<button name="act" value="${act}">${acts[act]}</button>`)
  return [
    `<li>${session.success_url === null ? code : `<a class="code" href="${escaped(session.success_url)}">${code}</a>`}, ${shown(session.amount_total ?? 0, session.currency, language)}`,
    `<br><span class="state">${escaped(payee)}: ${session.url === null ? states[state] : `<a href="${escaped(session.url)}">${states[state]}</a>`}</span>`,
    buttons.length === 0
      ? ''
      : `<form method="post" action="/?lang=${language}" aria-label="${code}"><input type="hidden" name="session" value="${escaped(session.id)}">${buttons.join('')}</form>`,
    '</li>',
  ].join('')
}
