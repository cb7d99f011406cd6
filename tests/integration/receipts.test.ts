import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { receiptPdf, statementPdf } from '../../components/receipts/receipt-pdf'
import { besideRows, receiptRows } from '../../components/receipts/text'
import { receiveBankNotice } from '../../lib/bank/commands'
import { reviewText } from '../../lib/donors/commands'
import { lastCheckpoint } from '../../lib/public-log/ancestor'
import { keepCosignature } from '../../lib/public-log/cosignatures'
import { getLogIdentity } from '../../lib/public-log/keys'
import { findLogFile } from '../../lib/public-log/serve'
import { askedIn, type Asked } from '../../lib/receipts/asked'
import { checkFile, checkProof, checkShown, isRight, type Trust } from '../../lib/receipts/check'
import type { ReceiptView } from '../../lib/receipts/model'
import { lookUp } from '../../lib/receipts/look'
import { readTypedNumber } from '../../lib/receipts/numbers'
import { checkStatementPath } from '../../lib/receipts/paths'
import { canProve, getJointStatement, getReceipt, getYearStatement, listEntries, proveStatement } from '../../lib/receipts/queries'
import { listSealKeys, sealPaper } from '../../lib/receipts/seal'
import { withSeal } from '../../lib/receipts/sealed'
import { tellEntry } from '../../lib/receipts/tell'
import { getTellTexts } from '../../lib/receipts/tell-texts'
import { getTrust } from '../../lib/receipts/trust'
import { sequencePending } from '../../lib/sequencer/sequence'
import { formatSigningKey, formatVerifierKey, parseSigningKey } from '../../lib/tlog/keys'
import { cosign, parseNote } from '../../lib/tlog/note'
import { bankNotice, makeGoods, makePledge, receiveGoods } from '../factories/giving'
import { LOG_ORIGIN, publishAll, publishingOf, tellMany } from '../factories/public-log'
import { ACCOUNTS, makeCampaign, makeFunds } from '../factories/site'
import { testContext, type TestContext } from '../setup/context'
import { testDatabase, type TestDatabase } from '../setup/database'
import { memoryVault } from '../setup/vault'

let database: TestDatabase
let context: TestContext
let trust: Trust
/** Of a company, whose name waited for a person, with its tax code. */
let code: string
let slug: string
/** The same code paid twice, as by a standing order. */
let numbers: bigint[]
const vault = memoryVault()
const NAME = 'Công ty Cổ phần Dệt Mẫu'
const FACES = 'node_modules/@fontsource/be-vietnam-pro/files'

beforeAll(async () => {
  database = await testDatabase()
  context = testContext(database.handle)
  await makeFunds(context)
  slug = (await makeCampaign(context)).slug
  code = (await makePledge(context, slug, { name: NAME, isNamed: false, donorKind: 'company', taxCode: '0100000000' })).code
  await reviewText(context, { code, field: 'name', verdict: 'shown', actor: 'an' })
  await receiveBankNotice(context, bankNotice({ memo: code, amountVnd: 1_250_000n }))
  expect(await receipt(0n, true)).toBeNull()
  await receiveBankNotice(context, bankNotice({ memo: `${code} lan 2`, amountVnd: 250_000n }))
  await sequencePending(context.db, context.now())
  await publishAll(publishingOf(context, vault))
  const identity = await getLogIdentity(context.db)
  numbers = (await getYearStatement(context, { code, year: 2026, isOwn: false }, 'vi'))?.lines.map(({ number }) => number) ?? []
  await sealPaper(sealing(), new Uint8Array())
  trust = { origin: LOG_ORIGIN, logKeys: identity?.keys ?? [], witnessKeys: [], sealKeys: await listSealKeys(context) }
})
afterAll(() => database.close())

const receipt = (number: bigint, isOwn: boolean, ofCode = code) => getReceipt(context, { code: ofCode, number, isOwn }, 'vi')
const sealing = (secret = 'a secret of the server, long enough') => ({ ...context, publicLog: { origin: LOG_ORIGIN }, staff: { secret } })
const wish = {
  ...{ link: 'https://example.org/minh-bach?muc=1', isSample: false },
  read: (part: string, weight: number) => readFileSync(`${FACES}/be-vietnam-pro-${part}-${weight}-normal.woff`),
}
const there = (found: ReceiptView | null): ReceiptView => {
  if (!found) throw new Error('no receipt')
  return found
}
const drawn = async (isOwn: boolean) => sealPaper(sealing(), await receiptPdf(there(await receipt(numbers[0] ?? -1n, isOwn)), wish))
const turned = (bytes: Uint8Array, at: number) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte))

describe('a receipt', () => {
  test('tells a stranger what is public, and the donor the rest', async () => {
    const [first = -1n, second = -1n] = numbers
    expect(there(await receipt(first, false))).toMatchObject({
      ...{ name: 'Một nhà hảo tâm', taxCode: null, opening: null, isCompany: true },
      line: { number: first, day: '2026-11-23', given: { kind: 'money', isStated: false, amountVnd: 1_250_000n, returnedVnd: 0n } },
    })
    expect(JSON.stringify(there(await receipt(first, false)).line.entry)).not.toContain(NAME)
    expect(there(await receipt(second, true))).toMatchObject({
      ...{ name: NAME, taxCode: '0100000000', opening: { text: NAME } },
      line: { given: { amountVnd: 250_000n } },
    })
  })

  test('says of a gift that only a notice told of that no statement has it yet', async () => {
    const rows = receiptRows(there(await receipt(numbers[0] ?? -1n, false)))
    expect(rows.find(({ key }) => key === 'via')?.value).toBe('chuyển khoản, chưa có trên sao kê ngân hàng')
  })

  test('is of its own code and of nobody else’s number, nor of what is no gift', async () => {
    const other = await makePledge(context, slug)
    expect([await receipt(numbers[0] ?? -1n, true, other.code), await receipt(999n, true), await receipt(0n, true, 'TD2222222')]).toEqual([
      ...[null, null, null],
    ])
  })

  test('of goods has units and no sum', async () => {
    const goods = await makeGoods(context, slug, { name: 'Nguyễn Thị Mai', isNamed: true })
    await receiveGoods(context, goods.code)
    await sequencePending(context.db, context.now())
    const statement = await getYearStatement(context, { code: goods.code, year: 2026, isOwn: false }, 'vi')
    if (!statement) throw new Error('no statement')
    expect(statement).toMatchObject({ totalVnd: 0n, lines: [{ given: { kind: 'goods', units: 30n } }] })
    expect(await canProve(context, statement)).toBe(false)
    await publishAll(publishingOf(context, vault))
    expect(await canProve(context, statement)).toBe(true)
    const [{ number = -1n } = {}] = statement.lines
    const found = there(await receipt(number, false, goods.code))
    const papers = [await receiptPdf(found, wish), await statementPdf(statement, await proveStatement(context, statement, false), wish)]
    for (const paper of papers)
      expect(checkFile(await sealPaper(sealing(), paper), trust)).toMatchObject({ seal: 'whole', entries: [{ ok: true }], page: 'same' })
    // What the entry itself has no words for stands beside it where it is looked up.
    const looked = await lookUp(context, trust, String(number), 'vi')
    const rows = looked.kind === 'entries' && typeof looked.shown[0]?.beside === 'object' && looked.shown[0].beside
    const said = rows ? besideRows(rows).map(({ value }) => value) : []
    expect([said.length, said[0]]).toEqual([3, 'Nguyễn Thị Mai'])
    expect(said.slice(1).join(' | ')).toMatch(/^Áo ấm.* \| 30 .+ · .+/)
  })
})

test('of a code that brought many, one gift, one year and the first entries are read without the others', async () => {
  const { code: shared } = await makePledge(context, slug)
  const brought = { days: ['2025-12-31T16:59:59Z', '2025-12-31T17:00:00Z', '2026-02-01T03:00:00Z'], numbers: [] as bigint[] }
  for (const day of brought.days)
    await receiveBankNotice(context, bankNotice({ memo: shared, amountVnd: 20_000n, transactedAt: new Date(day) }))
  await sequencePending(context.db, context.now())
  brought.numbers = (await listEntries(context, shared, 99, 'vi')) ?? []
  expect(brought.numbers).toHaveLength(3)
  expect(await listEntries(context, shared, 2, 'vi')).toEqual(brought.numbers.slice(0, 2))
  expect([
    await listEntries(context, 'TD2222222', 2, 'vi'),
    await listEntries(context, (await makePledge(context, slug)).code, 2, 'vi'),
  ]).toEqual([null, []])
  const of = async (year: number) =>
    (await getYearStatement(context, { code: shared, year, isOwn: false }, 'vi'))?.lines.map(({ number }) => number)
  // Years end where they do in Việt Nam.
  expect([await of(2025), await of(2026), await of(2027)]).toEqual([brought.numbers.slice(0, 1), brought.numbers.slice(1), undefined])
  for (const number of brought.numbers) expect((await receipt(number, false, shared))?.line.number).toBe(number)
})

describe('its PDF', () => {
  test('is right, the same each time, on one page, and proves the donor’s name to whom the donor gives it', async () => {
    const [paper, again, own] = [await drawn(false), await drawn(false), await drawn(true)]
    expect(Buffer.compare(paper, again)).toBe(0)
    expect(
      Buffer.from(paper)
        .toString('latin1')
        .match(/\/Type \/Page\b/g),
    ).toHaveLength(1)
    // A reader for the blind finds an order, and words for the square that is scanned.
    for (const part of ['/StructTreeRoot', '/Marked true', '/Lang (vi)', '/S /H1', '/S /Figure', '/Alt ('])
      expect(Buffer.from(paper).includes(part), part).toBe(true)
    const checked = checkFile(paper, trust)
    expect(checked).toMatchObject({ kind: 'paper', seal: 'whole', page: 'same', name: null })
    expect(checked).toMatchObject({ entries: [{ ok: true, index: Number(numbers[0]), facts: { amountVnd: 1_250_000n, code } }] })
    expect(checkFile(own, trust)).toMatchObject({ seal: 'whole', name: { text: NAME, isRight: true } })
    expect([checked, checkFile(own, trust)].map(isRight)).toEqual([true, true])
  })

  test('with one byte changed, anywhere, is no receipt', async () => {
    const paper = await drawn(true)
    // Every 251st, and all of the seal at its end.
    for (let at = 0; at < paper.length; at += at > paper.length - 420 ? 1 : 251)
      expect(isRight(checkFile(turned(paper, at), trust)), `byte ${at}`).toBe(false)
    expect(isRight(checkFile(Buffer.concat([paper, Buffer.from('\n')]), trust))).toBe(false)
  })

  test('of somebody else’s making is none, whatever proofs it carries', async () => {
    const paper = await drawn(false)
    const bare = paper.subarray(0, Buffer.from(paper).lastIndexOf('%tung-dong-seal'))
    const forged = await sealPaper({ ...sealing('another secret'), db: context.db }, bare)
    expect(checkFile(bare, trust)).toMatchObject({ kind: 'paper', seal: 'missing', entries: [{ ok: true }] })
    expect(checkFile(forged, trust)).toMatchObject({ kind: 'paper', seal: 'unknown' })
    expect(checkFile(withSeal(bare, 'a\n\n— x AAAA\n'), trust)).toMatchObject({ seal: 'broken' })
    expect([bare, forged].map((bytes) => isRight(checkFile(bytes, trust)))).toEqual([false, false])
    // Whoever takes off all that proves it, too, leaves the mark.
    const stripped = Buffer.from(bare)
      .toString('latin1')
      .replaceAll(/stream\n(?:c2sp|\{"prints)[^]*?endstream/g, 'stream\nendstream')
    expect(checkFile(Buffer.from(stripped, 'latin1'), trust)).toMatchObject({ kind: 'paper', seal: 'missing', entries: [] })
  })

  test('cut short and repeated for megabytes is soon told from one of ours', () => {
    const begun = 'stream\nc2sp.org/tlog-proof@v1\n'
    const most = 8 * 1024 * 1024
    const started = performance.now()
    for (const [part, result] of [
      [begun, { kind: 'file' }],
      [`${begun}\nendstream\n`, { kind: 'paper', seal: 'missing', entries: [{ ok: false, why: 'too_many' }] }],
      ['stream\n{"opens":', { kind: 'file' }],
    ] as const) {
      const text = part.repeat(most / part.length)
      expect(checkFile(Buffer.from(`%PDF-1.7\n${text}`), trust)).toMatchObject(result)
      expect(checkFile(Buffer.from(text), trust)).toMatchObject({ kind: 'file' })
    }
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test('of a whole year has the proof of each gift', async () => {
    const statement = await getYearStatement(context, { code, year: 2026, isOwn: true }, 'en')
    if (!statement) throw new Error('no statement')
    expect(statement).toMatchObject({ totalVnd: 1_500_000n, returnedVnd: 0n, name: NAME })
    const checked = checkFile(
      await sealPaper(sealing(), await statementPdf(statement, await proveStatement(context, statement, true), wish)),
      trust,
    )
    expect(checked).toMatchObject({ seal: 'whole', entries: [{ ok: true }, { ok: true }], name: { text: NAME, isRight: true } })
    expect(isRight(checked)).toBe(true)
    expect(await getYearStatement(context, { code, year: 2025, isOwn: true }, 'en')).toBeNull()
  })
})

test('several codes of one giver are on one statement, and what is another’s or another fund’s is not', async () => {
  const [others, second] = await makePair({ name: 'CÔNG TY CP DỆT MẪU', donorKind: 'company', taxCode: '0100000000' })
  const [{ code: stranger }, { code: nameless }] = [await paid({ name: 'Trần Văn Khác', isNamed: true }), await paid({})]
  const away = (await makePledge(context, (await makeCampaign(context, { fund: 'ninh-thuan', slug: 'noi-khac' })).slug)).code
  await receiveBankNotice(context, bankNotice({ memo: away, accountNumber: ACCOUNTS['ninh-thuan'] }))
  const goods = (await makeGoods(context, slug, { name: NAME, donorKind: 'company', taxCode: '0100000000' })).code
  await receiveGoods(context, goods)
  const unpaid = (await makePledge(context, slug)).code
  await sequencePending(context.db, context.now())
  await publishAll(publishingOf(context, vault))
  const gathered = [others, second, stranger, nameless, away, goods, unpaid]
  const { statement, apart } = await getJointStatement(context, { code, others: gathered, year: 2026 }, 'vi')
  if (!statement) throw new Error('no statement')
  expect(apart).toEqual([
    { code: unpaid, why: 'year' },
    ...[stranger, nameless].map((other) => ({ code: other, why: 'giver' })),
    { code: away, why: 'fund' },
  ])
  expect(statement).toMatchObject({
    name: NAME,
    totalVnd: 1_700_000n,
    purposes: [{ code }, { code: others }, { code: second }, { code: goods }],
  })
  expect(statement.lines.map((line) => line.code).toSorted()).toEqual([code, code, others, second, goods].toSorted())
  expect((await getJointStatement(context, { code: unpaid, others: [others], year: 2026 }, 'vi')).statement).toBeNull()
  expect((await getJointStatement(context, { code, others: [others], year: 2025 }, 'vi')).apart).toEqual([{ code: others, why: 'year' }])
  // What the fund has yet to read heads no paper; another gift of the same tax code has a name that it read.
  const unread = await joint(goods, [code])
  expect([unread.statement?.name, unread.statement?.purposes.length, unread.apart]).toEqual([NAME, 2, []])
  const proofs = await proveStatement(context, statement, true)
  const paper = await sealPaper(sealing(), await statementPdf(statement, proofs, wish))
  const checked = checkFile(paper, trust)
  expect(checked).toMatchObject({ seal: 'whole', page: 'same', name: { text: `${NAME} · CÔNG TY CP DỆT MẪU`, isRight: true, count: 4 } })
  // That of goods was not read by anybody yet.
  expect([isRight(checked), statement.lines.length]).toEqual([true, 5])
  for (const at of [2_000, Math.floor(paper.length / 2), paper.length - 1_500])
    expect(isRight(checkFile(turned(paper, at), trust)), `byte ${at}`).toBe(false)
  // Who holds the seal's key and claims one gift more, or another's code, is found out by the log.
  for (const printed of [proofs.printed.replace('"1700000"', '"9700000"'), proofs.printed.replace(others, stranger)]) {
    const forged = await sealPaper(sealing(), await statementPdf(statement, { ...proofs, printed }, wish))
    expect([isRight(checkFile(forged, trust)), readsSame(forged)]).toEqual([false, false])
  }
  // A print leads to each of its entries, and to what the log says of a number that is in none.
  const link = checkStatementPath(statement)
  const looked = await lookUp(context, trust, `${link.replace(/.*muc=/, '')}_99999`, 'vi')
  expect(looked).toMatchObject({ kind: 'entries', code: null, missing: [99_999n], hasMore: false })
  expect(looked.kind === 'entries' && looked.shown.map(({ number }) => number)).toEqual(statement.lines.map(({ number }) => number))
})

test('gifts without a name are one giver’s where they have one e-mail address', async () => {
  const [first, second] = await makePair({ email: 'mai@example.com' })
  const [{ code: another }, { code: none }] = [await paid({ email: 'lan@example.com' }), await paid({})]
  const { code: upper } = await paid({ email: 'Mai@Example.com' })
  await sequencePending(context.db, context.now())
  const { statement, apart } = await joint(first, [second, another, none, upper])
  expect(statement?.purposes.map((purpose) => purpose.code)).toEqual([first, second, upper])
  expect(apart).toEqual([another, none].map((other) => ({ code: other, why: 'nameless' })))
  expect((await joint(none, [first])).apart).toHaveLength(1)
})

const joint = (first: string, others: string[]) => getJointStatement(context, { code: first, others, year: 2026 }, 'vi')

/** A gift of 100,000 ₫ that arrived, of a donor whose name was read. */
const paid = async (wished: Parameters<typeof makePledge>[2]) => {
  const made = await makePledge(context, slug, wished)
  if (wished?.name) await reviewText(context, { code: made.code, field: 'name', verdict: 'shown', actor: 'an' })
  await receiveBankNotice(context, bankNotice({ memo: made.code, amountVnd: 100_000n }))
  return made
}
const makePair = async (wished: Parameters<typeof makePledge>[2]) => [(await paid(wished)).code, (await paid(wished)).code] as const
const readsSame = (paper: Uint8Array) => {
  const checked = checkFile(paper, trust)
  return checked.kind === 'paper' && checked.page === 'same'
}

describe('a proof', () => {
  test('is served for each entry, and none of it with a byte changed is one', async () => {
    const file = await findLogFile(context.db, `proof/${numbers[1]}.tlog-proof`)
    const bytes = file?.bytes ?? new Uint8Array()
    expect(checkFile(bytes, trust)).toMatchObject({ kind: 'proof', entry: { ok: true, facts: { amountVnd: 250_000n } } })
    for (let at = 0; at < bytes.length; at++) expect(isRight(checkFile(turned(bytes, at), trust)), `byte ${at}`).toBe(false)
    expect(await findLogFile(context.db, 'proof/100000.tlog-proof')).toBeNull()
  })

  test('of another entry than the one that is read on a page is not its proof', async () => {
    const [first = -1n, second = -1n] = numbers
    const [one, other] = [there(await receipt(first, false)).line.entry, there(await receipt(second, false)).line.entry]
    const check = (index: bigint, body = '', asked: Asked | null = null) =>
      checkShown(other?.proof ?? '', { index: Number(index), body }, asked, trust)
    expect(check(second, other?.body)).toMatchObject({ ok: true })
    for (const result of [check(first, one?.body), check(first, other?.body), check(second, one?.body)])
      expect(result).toMatchObject({ ok: false, why: 'other_entry' })
    // And it is of what was asked for, whatever the page says of itself.
    const [own, strange] = [code, 'TD2222222'].map((asked) => check(second, other?.body, { numbers: null, code: asked }))
    expect([own, strange]).toMatchObject([{ ok: true }, { ok: false, why: 'other_code' }])
    expect(check(second, other?.body, { numbers: [first], code: null })).toMatchObject({ ok: false, why: 'other_entry' })
    expect(check(second, other?.body, { numbers: [first, second], code: null })).toMatchObject({ ok: true })
    expect(askedIn('?ma=&muc=1.234')).toEqual({ numbers: [1234n], code: null })
    expect(['1.041', '1,041', '1 041', '1041', '01', 'x'].map(readTypedNumber)).toEqual([1041n, 1041n, 1041n, 1041n, null, null])
    expect(askedIn('?muc=7_12_7')).toEqual({ numbers: [7n, 12n], code: null })
    expect(askedIn('?nam=2026&ma=td234-5678')).toEqual({ numbers: null, code: 'TD2345678' })
  })

  test('of another log, or signed by another key, is none', async () => {
    const proof = there(await receipt(numbers[0] ?? -1n, false)).line.entry?.proof ?? ''
    expect(checkProof(proof, { ...trust, origin: 'other.example/log' })).toMatchObject({ ok: false, why: 'other_log' })
    expect(checkProof(proof, { ...trust, logKeys: trust.sealKeys.map((key) => ({ ...key, lastSize: null })) })).toMatchObject({
      ok: false,
      why: 'unsigned',
    })
  })
})

describe('a proof that a witness cosigned', () => {
  const witness = parseSigningKey(formatSigningKey('other.example/witness', 'cosignature', new Uint8Array(32).fill(5)))
  if (!witness) throw new Error('a key for a test is malformed')
  const grow = async (name: string) => {
    await tellMany(context, 2, name)
    await publishAll(publishingOf(context, vault))
    const { size, note } = (await lastCheckpoint(context.db)) ?? { size: 0, note: '' }
    const timestamp = 1_795_838_400n
    await keepCosignature(
      context.db,
      witness,
      size,
      { line: cosign(parseNote(note)?.text ?? '', witness, timestamp), timestamp },
      context.now(),
    )
  }
  const proofOf = async (number: bigint) => there(await receipt(number, false)).line.entry?.proof ?? ''

  test('says so where the witness is known, stays the same from then on, and leaves what was given out before right', async () => {
    const [number = -1n] = numbers
    const before = await proofOf(number)
    await grow('watched')
    const after = await proofOf(number)
    const paper = await drawn(false)
    await grow('watched again')
    expect(await proofOf(number)).toBe(after)
    expect(Buffer.compare(paper, await drawn(false))).toBe(0)
    const known = await getTrust(context)
    if (!known) throw new Error('the log has no key')
    expect(checkProof(before, known)).toMatchObject({ ok: true, witnesses: [] })
    expect(checkProof(after, trust)).toMatchObject({ ok: true, witnesses: [] })
    const checked = checkProof(after, known)
    expect(checked).toMatchObject({ ok: true, witnesses: [{ name: 'other.example/witness', timestamp: 1_795_838_400n }] })
    const { rows } = tellEntry(checked, await getTellTexts(context, 'en'), 'en')
    expect(Object.fromEntries(rows)).toMatchObject({
      Fund: 'Hà Nội Child Protection Fund',
      'Cosigned by witnesses': 'other.example/witness (11:00, 28/11/2026)',
    })
    expect(isRight(checkFile(paper, known))).toBe(true)
    // What is changed in the line of a witness makes it wrong, or a line of nobody who is known: never a witness's word.
    const bytes = Buffer.from(after)
    for (let at = 0; at < bytes.length; at++)
      expect(checkProof(turned(bytes, at).toString(), known), `byte ${at}`).not.toMatchObject({ ok: true, witnesses: [{}] })
    const wrong = after.replace(/(.)(...=*\n)$/, (_all, one: string, rest: string) => `${one === 'A' ? 'B' : 'A'}${rest}`)
    expect([checkProof(wrong, known), checkProof(wrong, trust)]).toMatchObject([{ ok: false, why: 'bad_signature' }, { ok: true }])
    const folder = mkdtempSync(join(tmpdir(), 'tung-dong-proof-'))
    const verify = (proof: string) => {
      writeFileSync(join(folder, 'one.tlog-proof'), proof)
      const keys = ['--key', formatVerifierKey(trust.logKeys[0] ?? witness), '--witness', formatVerifierKey(witness)]
      const { status, stdout } = spawnSync(process.execPath, ['scripts/verify.mjs', '--proof', join(folder, 'one.tlog-proof'), ...keys])
      return [status, stdout.toString()]
    }
    expect(verify(before)).toEqual([0, expect.stringContaining('cosigned by no witness')])
    expect(verify(after)).toEqual([0, expect.stringContaining('cosigned by the witness other.example/witness at 2026')])
    expect(verify(wrong)).toEqual([1, expect.stringContaining('the cosignature of other.example/witness is wrong')])
    const strayed = before.replace(/.(?=.{43}\n\n)/, (one) => (one === 'A' ? 'B' : 'A'))
    expect(verify(strayed)).toEqual([1, expect.stringContaining('not in the log')])
    rmSync(folder, { recursive: true })
  })
})
