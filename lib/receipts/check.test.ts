import { describe, expect, test } from 'vitest'
import { commit } from '../events/commitment'
import { MESSAGES } from '../i18n/translator'
import { toHex } from '../tlog/bytes'
import { formatCheckpoint } from '../tlog/checkpoint'
import { leafHash } from '../tlog/hash'
import { formatSigningKey, parseSigningKey } from '../tlog/keys'
import { cosign, formatNote, signNote } from '../tlog/note'
import { formatProof } from '../tlog/tlog-proof'
import { checkFile, isRight, type Checked } from './check'
import { holdChecked, rootIn, type AskRoot } from './held'
import { PAPER_MARK, type StatedLine } from './model'
import { encodePrinted } from './printed'
import { sealText, withSeal } from './sealed'
import { tellChecked } from './tell'

const key = (name: string, seed: number, type: 'note' | 'cosignature' = 'note') => {
  const made = parseSigningKey(formatSigningKey(name, type, new Uint8Array(32).fill(seed)))
  if (!made) throw new Error('a key for a test is malformed')
  return made
}
const ORIGIN = 'example.org/log'
const [LOG, SEAL] = [key(ORIGIN, 1), key(`${ORIGIN}/bien-nhan`, 2)]
const trust = { origin: ORIGIN, logKeys: [{ ...LOG, lastSize: null }], witnessKeys: [], sealKeys: [SEAL] }

const CODE = 'TD2345678'
const gift = {
  kind: 'donation',
  fund: 'ha-noi',
  day: '2026-11-01',
  amountVnd: '50000',
  facts: { code: CODE, via: 'cash', receipt: 'PT 0012/2026' },
}
const goods = { kind: 'goods_received', fund: 'ha-noi', day: '2026-11-01', units: '30', facts: { code: CODE, item: 2, unit: 'cai' } }
const money: StatedLine = {
  ...{ number: 0n, day: '2026-11-01', code: CODE },
  given: { kind: 'money', via: 'cash', isStated: true, amountVnd: 50_000n, returnedVnd: 0n, charged: null },
}
const coats: StatedLine = {
  ...{ number: 0n, day: '2026-11-01', code: CODE },
  given: { kind: 'goods', units: 30n, unit: 'cái', item: 'Áo ấm', position: 2 },
}
const head = {
  fund: { slug: 'ha-noi', name: '', place: '', plans: [], particulars: { address: null, phone: null, email: null, taxCode: null } },
  officeNumber: 'PT 0012/2026',
}

/** A proof of an entry that is alone in its log. */
function proofOf(entry: object, ...lines: ((text: string) => string)[]): string {
  const leaf = Buffer.from(JSON.stringify(entry))
  const text = formatCheckpoint({ origin: ORIGIN, size: 1, root: leafHash(leaf) })
  const signed = lines.length > 0 ? lines.map((line) => line(text)) : [signNote(text, LOG)]
  return formatProof({ extra: leaf, index: 0, hashes: [], checkpoint: formatNote(text, signed) })
}
const contentOf = (...files: string[]) =>
  Buffer.from(`%PDF-1.7\n/Creator (${PAPER_MARK})\n${files.map((file) => `stream\n${file}\nendstream\n`).join('')}%%EOF\n`)
/** A paper whose seal is right, whoever had the key: what it carries is all that there is to look at. */
function sealed(...files: string[]): Uint8Array {
  const content = contentOf(...files)
  const text = sealText(SEAL.name, content)
  return withSeal(content, formatNote(text, [signNote(text, SEAL)]))
}
const printed = (line: StatedLine, changed: (json: string) => string = (json) => json, totalVnd: bigint | null = null) =>
  changed(encodePrinted(head, [line], totalVnd))
const told = (checked: Checked) =>
  checked.kind === 'file' ? null : tellChecked(checked, { ...MESSAGES.vi.checking.told, funds: { 'ha-noi': 'Quỹ Hà Nội' } }, 'vi')
const check = (bytes: Uint8Array) => {
  const checked = checkFile(bytes, trust)
  return { checked, isRight: isRight(checked), told: told(checked) }
}

describe('a sealed paper', () => {
  test('is right where all that it prints is what the log says, of money, goods and a year', () => {
    for (const paper of [
      sealed(proofOf(gift), printed(money)),
      sealed(proofOf(goods), printed(coats)),
      sealed(proofOf(gift), printed(money, undefined, 50_000n)),
    ])
      expect(check(paper)).toMatchObject({ isRight: true, checked: { page: 'same' }, told: { verdict: 'right' } })
  })

  test('says which words are the seal’s alone, and that the page must read as the log does', () => {
    expect(check(sealed(proofOf(gift), printed(money))).told?.text).toMatch(/phải đọc giống hệt.*không ghi tên, mã số thuế/)
  })

  test.each([
    ['amountVnd', (json: string) => json.replace('"50000"', '"5000000000"'), 'Số tiền: tờ giấy ghi 5.000.000.000 ₫, nhật ký ghi 50.000 ₫'],
    ['code', (json: string) => json.replace(CODE, 'TD8765432'), 'Mã khoản: tờ giấy ghi TD8765432, nhật ký ghi TD2345678'],
    ['fund', (json: string) => json.replace('ha-noi', 'ninh-thuan'), 'nhật ký ghi Quỹ Hà Nội'],
    ['day', (json: string) => json.replace('2026-11-01', '2025-11-01'), 'tờ giấy ghi 01/11/2025, nhật ký ghi 01/11/2026'],
    ['via', (json: string) => json.replace('"cash"', '"bank"'), 'nhật ký ghi tiền mặt'],
    ['receipt', (json: string) => json.replace('0012', '0013'), 'nhật ký ghi PT 0012/2026'],
    ['amountVnd', (json: string) => json.replace('"amountVnd":"50000",', ''), 'tờ giấy ghi không có gì, nhật ký ghi 50.000 ₫'],
    ['units', (json: string) => json.replace('"amountVnd"', '"units":"9","amountVnd"'), 'tờ giấy ghi 9, nhật ký ghi không có gì'],
    ['entry', (json: string) => json.replace('"entry":"0"', '"entry":"7"'), 'tờ giấy ghi 7'],
    ['count', (json: string) => json.replace(/\[(.*)\]/, '[$1,$1]'), 'tờ giấy ghi 2, nhật ký ghi 1'],
  ])('that prints another %s than the log says is not right', (field, changed, text) => {
    const paper = check(sealed(proofOf(gift), printed(money, changed)))
    expect(paper).toMatchObject({ isRight: false, checked: { page: { field } }, told: { verdict: 'wrong' } })
    expect(paper.told?.text.replaceAll('\u00a0', ' ')).toContain(text)
  })

  test('of several codes says of each gift which is its own', () => {
    const ofSeveral = (code: string) => (json: string) =>
      json.replace('v1"', 'v2"').replace(`"code":"${CODE}",`, '').replace('"gifts":[{', `"gifts":[{${code}`)
    const paper = (code: string) => check(sealed(proofOf(gift), printed(money, ofSeveral(code), 50_000n)))
    expect(paper(`"code":"${CODE}",`)).toMatchObject({ isRight: true, told: { verdict: 'right' } })
    expect(paper('"code":"TD8765432",')).toMatchObject({ isRight: false, checked: { page: { field: 'code', printed: 'TD8765432' } } })
    expect(paper('')).toMatchObject({ isRight: false, checked: { page: 'unreadable' } })
  })

  test('says of how many gifts it opens the name, and is wrong where one that it opens is in none', () => {
    const salt = 'ab'.repeat(32)
    const opens = (text: string) => `${JSON.stringify({ opens: 'tung-dong/name/v1', salt, text })}\n`
    const named = { ...gift, facts: { ...gift.facts, nameCommitment: commit('name', Buffer.from(salt, 'hex'), 'Lan') } }
    const [right, other] = [[opens('Lan')], [opens('Lan'), opens('Mai')]].map((names) =>
      check(sealed(proofOf(named), printed(money), ...names)),
    )
    expect(right).toMatchObject({ isRight: true, checked: { name: { text: 'Lan', isRight: true, count: 1 } } })
    expect(right?.told?.text).toContain('Tên “Lan” đúng là tên mà nhật ký đã cam kết.')
    expect(other).toMatchObject({ isRight: false, checked: { name: { text: 'Lan · Mai', isRight: false } }, told: { verdict: 'wrong' } })
    const checked = checkFile(sealed(proofOf(named), printed(money), opens('Lan')), trust)
    const some = checked.kind === 'paper' && checked.name ? { ...checked, name: { ...checked.name, count: 0 } } : checked
    expect(told(some)?.text).toContain('ở 0 trong 1 khoản')
  })

  test('counts no gift twice, and adds up', () => {
    const twice = printed(money, (json) => json.replace(/\[(.*)\]/, '[$1,$1]'))
    expect(check(sealed(proofOf(gift), proofOf(gift), twice))).toMatchObject({ isRight: false, checked: { page: { field: 'entry' } } })
    const sum = sealed(proofOf(gift), printed(money, undefined, 90_000n))
    expect(check(sum)).toMatchObject({ isRight: false, checked: { page: { field: 'totalVnd', logged: '50000' } } })
  })

  test('is of a gift, and of nothing else that has a sum in the log', () => {
    const entry = { kind: 'photo_withdrawn', fund: 'ha-noi', day: '2026-11-01', amountVnd: '50000', facts: {} }
    const paper = check(sealed(proofOf(entry), printed(money)))
    expect(paper).toMatchObject({ isRight: false, checked: { entries: [{ why: 'no_gift' }] }, told: { verdict: 'wrong' } })
  })

  test('that does not say what it prints is neither called right nor wrong; one that says it unreadably is wrong', () => {
    expect(check(sealed(proofOf(gift)))).toMatchObject({ isRight: false, told: { verdict: 'unknown', title: 'Chưa đối chiếu hết được' } })
    expect(check(contentOf(proofOf(gift)))).toMatchObject({ told: { verdict: 'wrong' } })
    for (const changed of [(json: string) => json.slice(0, -9), (json: string) => json.replace('"code"', '"kode"')])
      expect(check(sealed(proofOf(gift), printed(money, changed)))).toMatchObject({
        checked: { page: 'unreadable' },
        told: { verdict: 'wrong' },
      })
  })
})

describe('a paper that somebody worked on', () => {
  const paper = sealed(proofOf(gift), printed(money))
  const before = (text: string) => Buffer.concat([Buffer.from(text), paper])

  test.each([
    ['with a newline in front', before('\n')],
    ['with a space in front', before(' ')],
    ['with a byte order mark in front', before('\ufeff')],
    ['with a kilobyte in front', before(`${'x'.repeat(1_000)}\n`)],
    ['without its proof and seal', contentOf()],
    ['whose seal lies in the middle', Buffer.concat([paper, Buffer.alloc(2_000, 'x')])],
  ])('%s is not right', (_how, bytes) => {
    expect(check(bytes)).toMatchObject({ checked: { kind: 'paper' }, isRight: false, told: { verdict: 'wrong' } })
  })

  test('and any other PDF is a file of which the log may know the hash', () => {
    expect(checkFile(Buffer.from('%PDF-1.4\nstream\n1\nendstream\n'), trust)).toMatchObject({ kind: 'file' })
  })
})

describe('a proof on its own', () => {
  const proof = proofOf(gift)

  test.each([
    ['with the line ends of Windows', proof.replaceAll('\n', '\r\n')],
    ['with a byte order mark', `\ufeff${proof}`],
    ['with empty lines around it', `\n${proof}\n\n`],
  ])('%s is a proof all the same', (_how, text) => {
    expect(check(Buffer.from(text))).toMatchObject({ checked: { kind: 'proof' }, isRight: true })
  })

  test('of what is no gift is right, for it says what it is of', () => {
    expect(check(Buffer.from(proofOf({ kind: 'photo_withdrawn', day: '2026-11-01' })))).toMatchObject({ isRight: true })
  })
})

describe('a key that was put away', () => {
  const FORMER = key(ORIGIN, 3)
  const WITNESS = key('other.example/witness', 4, 'cosignature')
  const by = (signing: typeof FORMER) => (text: string) => signNote(text, signing)
  const endedAt = (lastSize: number) => ({
    ...{ ...trust, witnessKeys: [WITNESS] },
    logKeys: [
      { ...FORMER, lastSize },
      { ...LOG, lastSize: null },
    ],
  })
  const root = toHex(leafHash(Buffer.from(JSON.stringify(gift))))
  const held = async (proof: string, lastSize: number, ask: AskRoot) => {
    const checked = await holdChecked(checkFile(Buffer.from(proof), endedAt(lastSize)), ask)
    return { checked, isRight: isRight(checked), told: told(checked) }
  }
  const asked = (answer: string) => () => Promise.resolve(answer)

  test('says nothing of a larger log than it signed, though the new key would', async () => {
    expect(await held(proofOf(gift, by(FORMER)), 0, asked(root))).toMatchObject({
      isRight: false,
      checked: { entry: { why: 'key_ended' } },
    })
    expect(await held(proofOf(gift, by(LOG), by(FORMER)), 0, asked('not_asked'))).toMatchObject({ isRight: true })
  })

  test('counts for what was published, and for nothing else of that size', async () => {
    const proof = proofOf(gift, by(FORMER))
    const right = await held(proof, 1, asked(root))
    expect(right).toMatchObject({ isRight: true, told: { verdict: 'right' } })
    expect(right.told?.parts[0]?.rows).toContainEqual(['Khóa đã ký', 'khóa cũ, đã cất đi; đúng là bản ký mà nhật ký đã công bố'])
    for (const answer of [root.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), 'none'])
      expect(await held(proof, 1, asked(answer))).toMatchObject({ isRight: false, checked: { entry: { why: 'not_published' } } })
    expect(rootIn(proof.slice(proof.indexOf('\n\n') + 2), { origin: ORIGIN, size: 1 })).toBe(root)
    expect(rootIn(proof.slice(proof.indexOf('\n\n') + 2), { origin: ORIGIN, size: 2 })).toBe('none')
  })

  test('is believed by nobody who can’t ask, unless a witness saw it', async () => {
    const unknown = { isRight: false, told: { verdict: 'unknown', title: 'Chưa hỏi được nhật ký' } }
    expect(await held(proofOf(gift, by(FORMER)), 1, asked('not_asked'))).toMatchObject(unknown)
    const cosigned = proofOf(gift, by(FORMER), (text) => cosign(text, WITNESS, 1_795_838_400n))
    expect(await held(cosigned, 1, asked('not_asked'))).toMatchObject({ isRight: true })
    const paper = checkFile(sealed(proofOf(gift, by(FORMER)), printed(money)), endedAt(1))
    expect({ isRight: isRight(paper), told: told(paper) }).toMatchObject(unknown)
    expect(told(checkFile(sealed(proofOf(gift, by(FORMER))), endedAt(1)))).toMatchObject(unknown.told)
  })
})
