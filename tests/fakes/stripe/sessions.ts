import { checkTotal, currency, type Currency } from './currencies'
import { invalid, notPlayed } from './errors'
import { address, email, hash, integer, list, metadata, missing, oneOf, type Params, text } from './params'
import { newLineItem, newSession } from './shapes/checkout'
import { type Session, type World } from './world'

// prettier-ignore
const LOCALES = ['auto', 'bg', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'es-419', 'et', 'fi', 'fil', 'fr', 'fr-CA', 'hi-IN', 'hr', 'hu', 'id', 'it',
  'ja', 'ko', 'lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi', 'zh', 'zh-HK', 'zh-TW'] as const

// prettier-ignore
const UNPLAYED = ['after_expiration', 'allow_promotion_codes', 'automatic_tax', 'billing_address_collection', 'branding_settings',
  'consent_collection', 'custom_fields', 'customer', 'customer_account', 'customer_update', 'discounts', 'excluded_payment_method_types',
  'integration_identifier', 'invoice_creation', 'managed_payments', 'name_collection', 'optional_items', 'origin_context',
  'payment_method_collection', 'payment_method_configuration', 'payment_method_data', 'permissions', 'phone_number_collection',
  'redirect_on_completion', 'return_url', 'saved_payment_method_options', 'setup_intent_data', 'shipping_address_collection',
  'shipping_options', 'subscription_data', 'tax_id_collection', 'wallet_options'] as const

const readLine = hash((line: Params) => {
  line.refuseUnplayed('adjustable_quantity', 'price', 'tax_rates')
  return {
    price: line.need(
      'price_data',
      hash((price) => {
        price.refuseUnplayed('product', 'recurring', 'tax_behavior', 'unit_amount_decimal')
        return {
          currency: price.need('currency', currency),
          amount: price.need('unit_amount', integer({ least: 0 })),
          product: price.need(
            'product_data',
            hash((product) => {
              product.refuseUnplayed('tax_code', 'tax_details', 'unit_label')
              product.get('description', text())
              product.get('images', list(address, 8))
              product.get('metadata', metadata)
              return product.need('name', text())
            }),
          ),
        }
      }),
    ),
    quantity: line.need('quantity', integer({ least: 1 })),
    metadata: line.get('metadata', metadata) ?? {},
  }
})

const readIntentData = hash((data: Params) => {
  data.refuseUnplayed('application_fee_amount', 'on_behalf_of', 'setup_future_usage', 'shipping', 'transfer_data', 'transfer_group')
  data.refuseUnplayed('statement_descriptor', 'statement_descriptor_suffix')
  const capture = data.get('capture_method', oneOf('automatic', 'automatic_async', 'manual')) ?? 'automatic_async'
  if (capture !== 'automatic_async') throw notPlayed(`capture_method=${capture}`)
  return {
    description: data.get('description', text(1000)) ?? null,
    receiptEmail: data.get('receipt_email', email) ?? null,
    metadata: data.get('metadata', metadata) ?? {},
  }
})

const readMessage = hash((part: Params) => ({ message: part.need('message', text(1200)) }))
const readCustomText = hash((texts: Params) => ({
  after_submit: texts.get('after_submit', readMessage) ?? null,
  shipping_address: null,
  submit: texts.get('submit', readMessage) ?? null,
  terms_of_service_acceptance: null,
}))

const readMethodOptions = hash((options: Params) => ({
  card: options.need(
    'card',
    hash((card) => ({ request_three_d_secure: card.need('request_three_d_secure', oneOf('any', 'automatic', 'challenge')) })),
  ),
}))

/** Adaptive pricing shows a session in the donor's own currency. Here it may only be turned off. */
const readAdaptivePricing = hash((pricing: Params) => {
  if (pricing.get('enabled', oneOf('true', 'false')) === 'true') throw notPlayed('adaptive_pricing[enabled]=true')
})

/** What a request for a session may say. `payment_method_types` is no longer a parameter of this version of the API. */
export function readSession(params: Params) {
  const mode = params.need('mode', oneOf('payment', 'setup', 'subscription'))
  if (mode !== 'payment') throw notPlayed(`mode=${mode}`)
  const ui = params.get('ui_mode', oneOf('elements', 'embedded_page', 'form', 'hosted_page')) ?? 'hosted_page'
  if (ui !== 'hosted_page') throw notPlayed(`ui_mode=${ui}`)
  params.refuseUnplayed(...UNPLAYED)
  params.get('adaptive_pricing', readAdaptivePricing)
  return {
    lines: params.need('line_items', list(readLine)),
    currency: params.get('currency', currency),
    successUrl: params.need('success_url', address),
    cancelUrl: params.get('cancel_url', address) ?? null,
    clientReference: params.get('client_reference_id', text(200)) ?? null,
    customerCreation: params.get('customer_creation', oneOf('always', 'if_required')) ?? 'if_required',
    customerEmail: params.get('customer_email', email) ?? null,
    customText: params.get('custom_text', readCustomText),
    expiresAt: params.get('expires_at', integer()),
    intentData: params.get('payment_intent_data', readIntentData) ?? { description: null, receiptEmail: null, metadata: {} },
    locale: params.get('locale', oneOf(...LOCALES)) ?? null,
    metadata: params.get('metadata', metadata) ?? {},
    methodOptions: params.get('payment_method_options', readMethodOptions),
    methodTypes: params.get('allowed_payment_method_types', list(oneOf('card', 'sepa_debit'))) ?? null,
    submitType: params.get('submit_type', oneOf('auto', 'book', 'donate', 'pay', 'subscribe')) ?? null,
  }
}

type Wish = ReturnType<typeof readSession>

/** Opens a session with its hosted page under `origin`. It expires a day later unless told otherwise. */
export function createSession(world: World, wish: Wish, origin: string): Session {
  const now = world.now()
  const { of, total } = totalOf(wish)
  checkTotal(total, of, world.terms.rates)
  const expiresAt = wish.expiresAt ?? now + 86_400
  const limit = (text: string) =>
    invalid(`The \`expires_at\` timestamp must be ${text} from Checkout Session creation.`, { param: 'expires_at' })
  if (expiresAt < now + 1800) throw limit('at least 30 minutes')
  if (expiresAt > now + 86_400) throw limit('less than 24 hours')
  const id = world.id('cs_test', 58)
  const session = newSession({
    id,
    amount_total: total,
    currency: of,
    created: now,
    expires_at: expiresAt,
    cancel_url: wish.cancelUrl,
    success_url: wish.successUrl,
    client_reference_id: wish.clientReference,
    customer_creation: wish.customerCreation,
    customer_email: wish.customerEmail,
    locale: wish.locale,
    metadata: wish.metadata,
    submit_type: wish.submitType,
    url: `${origin}/c/pay/${id}`,
    allowed_payment_method_types: wish.methodTypes,
  })
  if (wish.customText) session.custom_text = wish.customText
  if (wish.methodOptions) session.payment_method_options = wish.methodOptions
  world.intentData.set(id, wish.intentData)
  world.lineItems.set(
    id,
    wish.lines.map(({ price, quantity, metadata: own }) =>
      newLineItem({
        id: world.id('li'),
        price: world.id('price'),
        product: world.id('prod', 14),
        name: price.product,
        currency: of,
        unit: price.amount,
        quantity,
        created: now,
        metadata: own,
      }),
    ),
  )
  world.later(expiresAt, () => {
    if (session.status === 'open') close(world, session)
  })
  return world.sessions.add(session)
}

/** Ends an open session before its time. */
export function expireSession(world: World, id: string): Session {
  const session = world.sessions.get(id)
  if (session.status !== 'open') {
    const now = `This Checkout Session has a status of \`${session.status}\`.`
    throw invalid(`Only Checkout Sessions with a status in ["open"] can be expired. ${now}`)
  }
  return close(world, session)
}

function close(world: World, session: Session): Session {
  session.status = 'expired'
  session.url = null
  world.emit('checkout.session.expired', session)
  return session
}

function totalOf({ lines, currency: asked }: Wish): { of: Currency; total: number } {
  const [first, ...others] = lines
  if (!first) throw missing('line_items')
  const of = first.price.currency
  if (others.some((line) => line.price.currency !== of) || (asked && asked !== of)) {
    throw invalid('All line items of a Checkout Session must have the same currency.', { param: 'line_items' })
  }
  return { of, total: lines.reduce((sum, line) => sum + line.price.amount * line.quantity, 0) }
}
