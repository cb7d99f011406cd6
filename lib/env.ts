import { z } from 'zod'
import type { CardAccount } from './context'
import type { WitnessAddress } from './public-log/ask-witness'
import { readWitnesses } from './public-log/witness-list'
import { parseSigningKey } from './tlog/keys'
import { readWitnessedLog, type WitnessedLog } from './witness/logs'

const blank = (value: unknown) => (value === '' ? undefined : value)
const optional = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(blank, schema.optional())
const key = optional(z.string().min(12, 'must have at least 12 characters'))
const apiUrl = (fallback: string) =>
  z.preprocess(
    blank,
    z
      .url({ protocol: /^https?$/, error: `must be an address such as ${fallback}` })
      .transform((url) => url.replace(/\/+$/, ''))
      .default(fallback),
  )
const flag = (word: 'yes' | 'on', otherwise: 'no' | 'off', fallback: boolean) =>
  z.preprocess(
    blank,
    z
      .enum([word, otherwise], `must be ${word} or ${otherwise}`)
      .optional()
      .transform((value) => (value === undefined ? fallback : value === word)),
  )

const optionalPort = optional(z.coerce.number('must be a number').int().min(1, 'must be 1 to 65535').max(65_535, 'must be 1 to 65535'))

const logKey = optional(
  z
    .string()
    .refine((text) => parseSigningKey(text)?.type === 'note', 'must be a key that signs notes, PRIVATE+KEY+…, as npm run log-key makes'),
)

const partsOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

function readWitnessSetting(text: string, context: z.RefinementCtx): WitnessAddress[] {
  const witnesses = readWitnesses(text)
  if (!witnesses) context.addIssue({ code: 'custom', message: 'must be written <verifier key> <address>, with a comma between witnesses' })
  return witnesses ?? []
}

function readLogs(text: string, context: z.RefinementCtx): WitnessedLog[] {
  return partsOf(text).flatMap((part) => {
    const witnessed = readWitnessedLog(part)
    if (witnessed) return [witnessed]
    context.addIssue({
      code: 'custom',
      message: 'must be verifier keys of logs, as they show them at /log/vkey, with a comma between them',
    })
    return []
  })
}

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'must begin with postgres:// or postgresql://')

/** "ha-noi:sk_live_…:whsec_…, ninh-thuan:…": each fund with its own key and the secret of its webhook. */
function readStripeAccounts(text: string, context: z.RefinementCtx): Omit<CardAccount, 'apiUrl'>[] {
  const accounts = partsOf(text).map((part) => {
    const [fundSlug = '', secretKey = '', webhookSecret = '', ...more] = part.split(':')
    const isRight =
      /^[a-z0-9-]+$/.test(fundSlug) &&
      /^[sr]k_(?:test|live)_\w{8,}$/.test(secretKey) &&
      /^whsec_\w{8,}$/.test(webhookSecret) &&
      more.length === 0
    if (!isRight) context.addIssue({ code: 'custom', message: 'must be written fund:sk_…:whsec_…, with a comma between funds' })
    return { fundSlug, secretKey, webhookSecret }
  })
  const repeats = (of: 'fundSlug' | 'secretKey' | 'webhookSecret') => new Set(accounts.map((account) => account[of])).size < accounts.length
  if (repeats('fundSlug')) context.addIssue({ code: 'custom', message: 'names a fund twice' })
  // Whose gift it is would be told by whoever comes first.
  if (repeats('secretKey') || repeats('webhookSecret')) context.addIssue({ code: 'custom', message: 'gives two funds one account' })
  return accounts
}

const schema = z.object({
  HOST: z.preprocess(blank, z.string().default('127.0.0.1')),
  PORT: z.preprocess(
    blank,
    z.coerce.number('must be a number').int().min(1, 'must be 1 to 65535').max(65_535, 'must be 1 to 65535').default(3000),
  ),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/, error: 'must be an address such as https://tungdong.vn' })),
  DATA_DIR: z.preprocess(blank, z.string().default('.data')),
  FILES_DIR: optional(z.string()),
  S3_BUCKET: optional(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')),
  S3_ENDPOINT: optional(z.url({ protocol: /^https?$/, error: 'must be an address such as https://s3.example.vn' })),
  S3_REGION: z.preprocess(blank, z.string().default('us-east-1')),
  S3_ACCESS_KEY_ID: optional(z.string()),
  S3_SECRET_ACCESS_KEY: optional(z.string()),
  DATABASE_URL: optional(postgresUrl),
  DATABASE_OWNER_URL: optional(postgresUrl),
  DATABASE_POOL: z.preprocess(
    blank,
    z.coerce.number('must be a number').int().min(3, 'must be 3 to 200').max(200, 'must be 3 to 200').default(12),
  ),
  SITE_KIND: optional(z.enum(['sample', 'real'], 'must be sample or real')),
  SAMPLE_SEED: z.preprocess(blank, z.string().max(64).default('tung-dong')),
  SAMPLE_PERCENT: z.preprocess(
    blank,
    z.coerce.number('must be a number').min(1, 'must be 1 to 100').max(100, 'must be 1 to 100').default(100),
  ),
  SAMPLE_BEYOND_LOOPBACK: flag('yes', 'no', false),
  SEQUENCER: flag('on', 'off', true),
  SEPAY_API_KEY: key,
  SEPAY_WEBHOOK_SECRET: key,
  SEPAY_API_TOKEN: key,
  SEPAY_API_URL: apiUrl('https://my.sepay.vn/userapi'),
  CASSO_SECURE_TOKEN: key,
  CASSO_CHECKSUM_KEY: key,
  CASSO_API_KEY: key,
  CASSO_API_URL: apiUrl('https://oauth.casso.vn/v2'),
  PAYOS_CHECKSUM_KEY: key,
  PAYOS_FORMER_CHECKSUM_KEY: key,
  STRIPE_ACCOUNTS: optional(z.string().transform(readStripeAccounts)),
  STRIPE_API_URL: apiUrl('https://api.stripe.com'),
  SAMPLE_STRIPE_PORT: optionalPort,
  SAMPLE_STRIPE_URL: optional(
    z.url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:3001' }).transform((url) => new URL(url).origin),
  ),
  LOG_DIR: optional(z.string()),
  LOG_KEY: logKey,
  LOG_FORMER_KEY: logKey,
  WITNESSES: optional(z.string().transform(readWitnessSetting)),
  WITNESS_LOGS: optional(z.string().transform(readLogs)),
  WITNESS_KEY: optional(
    z
      .string()
      .refine(
        (text) => parseSigningKey(text)?.type === 'cosignature',
        'must be a key that cosigns, PRIVATE+KEY+…, as npm run log-key -- --cosigns makes',
      ),
  ),
  AUTH_SECRET: optional(z.string().min(32, 'must have at least 32 characters')),
  STAFF_IDLE_MINUTES: z.preprocess(
    blank,
    z.coerce.number('must be a number').int().min(5, 'must be 5 to 240').max(240, 'must be 5 to 240').default(30),
  ),
  SMTP_URL: optional(z.string().regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://')),
  MAIL_FROM: z.preprocess(blank, z.string().max(200).default('Từng Đồng <khong-tra-loi@localhost>')),
  TRUSTED_PROXIES: z.preprocess(
    blank,
    z.coerce.number('must be a number').int().min(0, 'must be 0 to 9').max(9, 'must be 0 to 9').default(0),
  ),
  RATE_LIMITS: flag('on', 'off', true),
  METRICS_HOST: z.preprocess(blank, z.string().default('127.0.0.1')),
  METRICS_PORT: optionalPort,
  LOG_LEVEL: z.preprocess(
    blank,
    z.enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent').default('info'),
  ),
})

/** Settings of a process, from the environment. */
export type Env = z.output<typeof schema> & { publicOrigin: string; selfOrigin: string }

const KEYS = [
  'SEPAY_API_KEY',
  'SEPAY_WEBHOOK_SECRET',
  'SEPAY_API_TOKEN',
  'CASSO_SECURE_TOKEN',
  'CASSO_CHECKSUM_KEY',
  'CASSO_API_KEY',
  'PAYOS_CHECKSUM_KEY',
  'PAYOS_FORMER_CHECKSUM_KEY',
] as const
const API_URLS = ['SEPAY_API_URL', 'CASSO_API_URL', 'STRIPE_API_URL'] as const
const DATABASES = ['DATABASE_URL', 'DATABASE_OWNER_URL'] as const
const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost'])

/** Whether a host to listen on is reached from this machine alone. */
const isLoopback = (host: string): boolean => LOOPBACK.has(host)

/** Whether nobody on the way to a database can read or change anything: it is on this machine, or must show its certificate. */
function isSafeOnTheWay(databaseUrl: string): boolean {
  // A socket is written without a host, which other addresses can't be.
  const { hostname, searchParams } = new URL(databaseUrl.replace(/@(?=[/?])/, '@localhost'))
  const host = searchParams.get('host') ?? decodeURIComponent(hostname).replace(/^\[|\]$/g, '')
  return host === '' || host.startsWith('/') || isLoopback(host) || searchParams.get('sslmode') === 'verify-full'
}

/**
 * Reads the settings once, at the start of a process. `.env.example` describes them.
 * Throws with one line that names the setting and what it must be; never with its value.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const parsed = schema.safeParse(source)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new SettingError(`${String(issue?.path[0] ?? 'a setting')} ${issue?.message ?? 'is wrong'}`)
  }
  const env = parsed.data
  if (env.LOG_FORMER_KEY && !env.LOG_KEY) throw new SettingError('LOG_FORMER_KEY needs LOG_KEY beside it')
  if (env.WITNESS_KEY && !env.WITNESS_LOGS) throw new SettingError('WITNESS_KEY needs WITNESS_LOGS beside it: the logs to cosign')
  if (env.DATABASE_OWNER_URL && !env.DATABASE_URL) throw new SettingError('DATABASE_OWNER_URL needs DATABASE_URL beside it')
  const s3 = [env.S3_BUCKET, env.S3_ACCESS_KEY_ID, env.S3_SECRET_ACCESS_KEY]
  if ((env.S3_ENDPOINT || s3.some(Boolean)) && !s3.every(Boolean))
    throw new SettingError('S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY go together: set all of them, or none')
  const host = env.HOST.includes(':') ? `[${env.HOST}]` : env.HOST
  const selfOrigin = `http://${env.HOST === '0.0.0.0' || env.HOST === '::' ? '127.0.0.1' : host}:${env.PORT}`
  const publicOrigin = env.PUBLIC_URL ? new URL(env.PUBLIC_URL).origin : selfOrigin
  return { ...env, publicOrigin, selfOrigin }
}

/** A setting that stops the start. Its message is for the operator. */
export class SettingError extends Error {}

/**
 * Checks settings against what the database is: sample data keeps away from real money and from the world.
 * A key for a sample begins with `test_`; any other is taken for a live one.
 */
export function checkAgainstKind(env: Env, kind: 'sample' | 'real'): void {
  if (env.SITE_KIND && env.SITE_KIND !== kind)
    throw new SettingError(`SITE_KIND is ${env.SITE_KIND}, but this database was made ${kind}, for ever: use another database`)
  if (kind === 'real') {
    if (!env.PUBLIC_URL) throw new SettingError('PUBLIC_URL is needed for a real database')
    if (!env.PUBLIC_URL.startsWith('https://')) throw new SettingError('PUBLIC_URL must begin with https:// for a real database')
    if (!env.RATE_LIMITS) throw new SettingError('RATE_LIMITS=off is for sample data only, but this database is real')
    for (const name of KEYS) {
      if (env[name]?.startsWith('test_')) throw new SettingError(`${name} is a key for trying things out, but this database is real`)
    }
    if (env.STRIPE_ACCOUNTS?.some(({ secretKey }) => /_test_/.test(secretKey)))
      throw new SettingError('STRIPE_ACCOUNTS has a key for trying things out, but this database is real')
    for (const name of DATABASES) {
      if (env[name] && !isSafeOnTheWay(env[name]))
        throw new SettingError(`${name} leads to another machine: end it with ?sslmode=verify-full, so that nobody on the way can listen`)
    }
    if (env.S3_ENDPOINT && !env.S3_ENDPOINT.startsWith('https://'))
      throw new SettingError('S3_ENDPOINT must begin with https:// for a real database')
    if (env.WITNESSES?.some(({ url }) => !url.startsWith('https://')))
      throw new SettingError('WITNESSES must have addresses that begin with https:// for a real database')
    for (const name of API_URLS) {
      if (!env[name].startsWith('https://')) throw new SettingError(`${name} must begin with https:// for a real database`)
    }
    if (!env.AUTH_SECRET) throw new SettingError('AUTH_SECRET is needed for a real database: 32 characters or more that nobody can guess')
    return
  }
  if (!isLoopback(env.HOST) && !env.SAMPLE_BEYOND_LOOPBACK) {
    throw new SettingError('HOST goes beyond this machine, but this database holds sample data: set SAMPLE_BEYOND_LOOPBACK=yes to allow it')
  }
  for (const name of KEYS) {
    if (env[name] && !env[name].startsWith('test_'))
      throw new SettingError(`${name} looks like a live key, but this database holds sample data: a key for it begins with test_`)
  }
  if (env.STRIPE_ACCOUNTS?.some(({ secretKey }) => /_live_/.test(secretKey)))
    throw new SettingError('STRIPE_ACCOUNTS has a live key, but this database holds sample data: a key for it begins with sk_test_')
}
