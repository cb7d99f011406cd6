import { invalid, notPlayed } from './errors'
import { type Param, type ParamHash } from './form'

/** Reads one value, or refuses it as Stripe would, naming it by its path. */
export type Reader<T> = (value: Param, path: string) => T

/**
 * The parameters of one request, or of one hash in it. Each is asked for by name; `done` then refuses
 * whatever nobody asked for.
 */
export class Params {
  readonly #known = new Set<string>()

  constructor(
    private readonly hash: ParamHash,
    private readonly path = '',
  ) {}

  /** A parameter that may be left out. */
  get<T>(name: string, read: Reader<T>): T | undefined {
    this.#known.add(name)
    const value = this.hash.get(name)
    return value === undefined ? undefined : read(value, this.#pathTo(name))
  }

  /** A parameter that Stripe asks for. */
  need<T>(name: string, read: Reader<T>): T {
    const value = this.get(name, read)
    if (value === undefined) throw missing(this.#pathTo(name))
    return value
  }

  /** Parameters that Stripe knows and this fake does not play. */
  refuseUnplayed(...names: string[]): void {
    for (const name of names) {
      this.#known.add(name)
      if (this.hash.has(name)) throw notPlayed(`the parameter ${this.#pathTo(name)}`)
    }
  }

  /** To be called last: refuses what Stripe does not know. */
  done(): void {
    for (const name of this.hash.keys()) {
      if (this.#known.has(name)) continue
      const path = this.#pathTo(name)
      throw invalid(`Received unknown parameter: ${path}`, { code: 'parameter_unknown', param: path })
    }
  }

  #pathTo(name: string): string {
    return this.path === '' ? name : `${this.path}[${name}]`
  }
}

/** What Stripe says when a parameter is not there. */
export const missing = (path: string) => invalid(`Missing required param: ${path}.`, { code: 'parameter_missing', param: path })

/** Text of 1 to `max` characters. */
export const text =
  (max = 5000): Reader<string> =>
  (value, path) => {
    if (typeof value !== 'string') throw invalid('Invalid string: {}', { param: path })
    if (value === '') {
      const advice = `You should remove '${path}' from your request or supply a non-empty value.`
      const why = `We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset.`
      throw invalid(`You passed an empty string for '${path}'. ${why} ${advice}`, { code: 'parameter_invalid_empty', param: path })
    }
    if (value.length > max) {
      throw invalid(`Invalid string: ${value.slice(0, 10)}...${value.slice(-5)}; must be at most ${max} characters`, { param: path })
    }
    return value
  }

/** A whole number from `least` to `most`. */
export const integer =
  ({ least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER } = {}): Reader<number> =>
  (value, path) => {
    const refuse = (message: string) => invalid(message, { code: 'parameter_invalid_integer', param: path })
    const digits = text()(value, path)
    if (!/^-?\d{1,16}$/.test(digits)) throw refuse(`Invalid integer: ${digits}`)
    const number = Number(digits)
    if (number < least) throw refuse(`This value must be greater than or equal to ${least}.`)
    if (number > most) throw refuse(`This value must be less than or equal to ${most}.`)
    return number
  }

/** One of a fixed set of words. */
export const oneOf =
  <const Word extends string>(...words: Word[]): Reader<Word> =>
  (value, path) => {
    const word = words.find((candidate) => candidate === value)
    if (word !== undefined) return word
    const listed = words.length > 1 ? `${words.slice(0, -1).join(', ')}, or ${words.at(-1)}` : words.join()
    throw invalid(`Invalid ${path}: must be one of ${listed}`, { param: path })
  }

/** An absolute address. Checkout's template stands for the session's id and is let through. */
export const address: Reader<string> = (value, path) => {
  const url = text()(value, path)
  if (!/^[a-z][a-z\d+.-]*:\/\/[^/\s]/i.test(url) || !URL.canParse(url)) {
    throw invalid('Not a valid URL', { code: 'url_invalid', param: path })
  }
  return url
}

/** An e-mail address, as loosely as Stripe looks at it. */
export const email: Reader<string> = (value, path) => {
  const mail = text(800)(value, path)
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(mail)) throw invalid(`Invalid email address: ${mail}`, { code: 'email_invalid', param: path })
  return mail
}

/** A hash whose parameters `build` asks for. */
export const hash =
  <T>(build: (params: Params) => T): Reader<T> =>
  (value, path) => {
    if (typeof value === 'string') throw invalid('Invalid object', { param: path })
    const inner = new Params(value, path)
    const built = build(inner)
    inner.done()
    return built
  }

/** A list: "x[0]", "x[1]", … in the order of their numbers. */
export const list =
  <T>(read: Reader<T>, most = 100): Reader<T[]> =>
  (value, path) => {
    if (typeof value === 'string' || ![...value.keys()].every((key) => /^\d+$/.test(key))) throw invalid('Invalid array', { param: path })
    if (value.size > most) throw invalid(`Array must not contain more than ${most} elements`, { param: path })
    return [...value].sort(([a], [b]) => Number(a) - Number(b)).map(([key, item]) => read(item, `${path}[${key}]`))
  }

/** Up to 50 keys of up to 40 characters, with values of up to 500. An empty value means "no such key". */
export const metadata: Reader<Record<string, string>> = (value, path) => {
  if (value === '') return {}
  if (typeof value === 'string') throw invalid('Invalid object', { param: path })
  if (value.size > 50) throw invalid(`You can have up to 50 metadata keys, but you passed in ${value.size}.`, { param: path })
  const kept: Record<string, string> = {}
  for (const [key, item] of value) {
    if (typeof item !== 'string') throw invalid('Metadata values must be strings', { param: `${path}[${key}]` })
    if (key.length > 40) throw invalid(`Metadata keys can have up to 40 characters. Invalid key: ${key}`, { param: path })
    if (item.length > 500) {
      const message = `Metadata values can have up to 500 characters, but you passed in a value that is ${item.length} characters.`
      throw invalid(`${message} Invalid value: ${item}`, { param: path })
    }
    if (item !== '') kept[key] = item
  }
  return kept
}
