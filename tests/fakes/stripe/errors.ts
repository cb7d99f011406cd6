/** The body of Stripe's answer when it refuses, without the request's own fields. */
export interface ErrorBody {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  param?: string
}

/** Thrown wherever Stripe would refuse; the server turns it into status and body. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message)
  }
}

interface Details {
  code?: string
  param?: string
  status?: number
}

/** A request that cannot be done: 400 unless said otherwise. */
export function invalid(message: string, { code, param, status = 400 }: Details = {}): Refusal {
  return new Refusal(status, {
    type: 'invalid_request_error',
    message,
    ...(code !== undefined && { code }),
    ...(param !== undefined && { param }),
  })
}

/** An id that names nothing: 404 in the address, 400 in a parameter of a list. */
export const noSuch = (kind: string, id: string, param: string, status = 404): Refusal =>
  invalid(`No such ${kind}: '${id}'`, { code: 'resource_missing', param, status })

/** Something that Stripe does and this fake does not: said loudly, so that nobody takes it for Stripe's own refusal. */
export const notPlayed = (what: string): Refusal =>
  new Refusal(501, { type: 'api_error', message: `The fake Stripe does not play ${what}.` })
