import { createTranslator } from 'use-intl/core'
import { type Locale } from './locale'
import { campaignDesk as enCampaignDesk } from './messages/en/campaign-desk'
import { campaigns as enCampaigns } from './messages/en/campaigns'
import { cardCheck as enCardCheck } from './messages/en/card-check'
import { card as enCard } from './messages/en/card'
import { certificate as enCertificate } from './messages/en/certificate'
import { checking as enChecking } from './messages/en/checking'
import { communes as enCommunes } from './messages/en/communes'
import { console as enConsole } from './messages/en/console'
import { desk as enDesk } from './messages/en/desk'
import { errors as enErrors } from './messages/en/errors'
import { evidence as enEvidence } from './messages/en/evidence'
import { exports as enExports } from './messages/en/exports'
import { funds as enFunds } from './messages/en/funds'
import { giving as enGiving } from './messages/en/giving'
import { goods as enGoods } from './messages/en/goods'
import { handover as enHandover } from './messages/en/handover'
import { logos as enLogos } from './messages/en/logos'
import { home as enHome } from './messages/en/home'
import { limits as enLimits } from './messages/en/limits'
import { lines as enLines } from './messages/en/lines'
import { links as enLinks } from './messages/en/links'
import { needDesk as enNeedDesk } from './messages/en/need-desk'
import { needs as enNeeds } from './messages/en/needs'
import { office as enOffice } from './messages/en/office'
import { pledgeDesk as enPledgeDesk } from './messages/en/pledge-desk'
import { receipts as enReceipts } from './messages/en/receipts'
import { recognition as enRecognition } from './messages/en/recognition'
import { river as enRiver } from './messages/en/river'
import { site as enSite } from './messages/en/site'
import { spendDesk as enSpendDesk } from './messages/en/spend-desk'
import { spending as enSpending } from './messages/en/spending'
import { statements as enStatements } from './messages/en/statements'
import { testBank as enTestBank } from './messages/en/test-bank'
import { unread as enUnread } from './messages/en/unread'
import { campaignDesk } from './messages/vi/campaign-desk'
import { campaigns } from './messages/vi/campaigns'
import { cardCheck } from './messages/vi/card-check'
import { card } from './messages/vi/card'
import { certificate } from './messages/vi/certificate'
import { checking } from './messages/vi/checking'
import { communes } from './messages/vi/communes'
import { console } from './messages/vi/console'
import { desk } from './messages/vi/desk'
import { errors } from './messages/vi/errors'
import { evidence } from './messages/vi/evidence'
import { exports } from './messages/vi/exports'
import { funds } from './messages/vi/funds'
import { giving } from './messages/vi/giving'
import { goods } from './messages/vi/goods'
import { handover } from './messages/vi/handover'
import { logos } from './messages/vi/logos'
import { home } from './messages/vi/home'
import { limits } from './messages/vi/limits'
import { lines } from './messages/vi/lines'
import { links } from './messages/vi/links'
import { needDesk } from './messages/vi/need-desk'
import { needs } from './messages/vi/needs'
import { office } from './messages/vi/office'
import { pledgeDesk } from './messages/vi/pledge-desk'
import { receipts } from './messages/vi/receipts'
import { recognition } from './messages/vi/recognition'
import { river } from './messages/vi/river'
import { site } from './messages/vi/site'
import { spendDesk } from './messages/vi/spend-desk'
import { spending } from './messages/vi/spending'
import { statements } from './messages/vi/statements'
import { testBank } from './messages/vi/test-bank'
import { unread } from './messages/vi/unread'

const vi = {
  'campaign-desk': campaignDesk,
  campaigns,
  card,
  'card-check': cardCheck,
  certificate,
  checking,
  communes,
  console,
  desk,
  errors,
  evidence,
  exports,
  funds,
  giving,
  goods,
  handover,
  logos,
  home,
  limits,
  lines,
  links,
  'need-desk': needDesk,
  needs,
  office,
  'pledge-desk': pledgeDesk,
  receipts,
  recognition,
  river,
  site,
  'spend-desk': spendDesk,
  spending,
  statements,
  'test-bank': testBank,
  unread,
}

/** All texts of a language, by namespace. Vietnamese is the original: its keys are the keys. */
export type Messages = typeof vi
export type Namespace = keyof Messages

export const MESSAGES: Record<Locale, Messages> = {
  vi,
  en: {
    'campaign-desk': enCampaignDesk,
    campaigns: enCampaigns,
    'card-check': enCardCheck,
    card: enCard,
    certificate: enCertificate,
    checking: enChecking,
    communes: enCommunes,
    console: enConsole,
    desk: enDesk,
    errors: enErrors,
    evidence: enEvidence,
    exports: enExports,
    funds: enFunds,
    giving: enGiving,
    goods: enGoods,
    handover: enHandover,
    logos: enLogos,
    home: enHome,
    limits: enLimits,
    lines: enLines,
    links: enLinks,
    'need-desk': enNeedDesk,
    needs: enNeeds,
    office: enOffice,
    'pledge-desk': enPledgeDesk,
    receipts: enReceipts,
    recognition: enRecognition,
    river: enRiver,
    site: enSite,
    'spend-desk': enSpendDesk,
    spending: enSpending,
    statements: enStatements,
    'test-bank': enTestBank,
    unread: enUnread,
  },
}

const make = <N extends Namespace>(locale: Locale, namespace: N) =>
  createTranslator<Messages, N>({ locale, messages: MESSAGES[locale], namespace })

export type Translator<N extends Namespace> = ReturnType<typeof make<N>>

const all = (locale: Locale): { [N in Namespace]: Translator<N> } => ({
  'campaign-desk': make(locale, 'campaign-desk'),
  campaigns: make(locale, 'campaigns'),
  'card-check': make(locale, 'card-check'),
  card: make(locale, 'card'),
  certificate: make(locale, 'certificate'),
  checking: make(locale, 'checking'),
  communes: make(locale, 'communes'),
  console: make(locale, 'console'),
  desk: make(locale, 'desk'),
  errors: make(locale, 'errors'),
  evidence: make(locale, 'evidence'),
  exports: make(locale, 'exports'),
  funds: make(locale, 'funds'),
  giving: make(locale, 'giving'),
  goods: make(locale, 'goods'),
  handover: make(locale, 'handover'),
  logos: make(locale, 'logos'),
  home: make(locale, 'home'),
  limits: make(locale, 'limits'),
  lines: make(locale, 'lines'),
  links: make(locale, 'links'),
  'need-desk': make(locale, 'need-desk'),
  needs: make(locale, 'needs'),
  office: make(locale, 'office'),
  'pledge-desk': make(locale, 'pledge-desk'),
  receipts: make(locale, 'receipts'),
  recognition: make(locale, 'recognition'),
  river: make(locale, 'river'),
  site: make(locale, 'site'),
  'spend-desk': make(locale, 'spend-desk'),
  spending: make(locale, 'spending'),
  statements: make(locale, 'statements'),
  'test-bank': make(locale, 'test-bank'),
  unread: make(locale, 'unread'),
})

/** Made once: a translator keeps the messages it has parsed, and parsing is what costs. */
const TRANSLATORS = { vi: all('vi'), en: all('en') }

/**
 * The texts of one namespace in one language: `t('key', { name })`, `t.rich('key', { b: (text) => <b>{text}</b> })`.
 * Messages are ICU.
 */
export const translator = <N extends Namespace>(locale: Locale, namespace: N): Translator<N> => TRANSLATORS[locale][namespace]

/**
 * Whether there is a text for a code that came in an address or with a form.
 * @param texts such as `MESSAGES.vi.office.refused`
 */
export const isTextOf = <T extends object>(texts: T, code: string | undefined): code is Extract<keyof T, string> =>
  code !== undefined && Object.hasOwn(texts, code)
