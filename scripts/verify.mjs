// Checks the public log of a Từng Đồng site, and that what the log says adds up, without trusting the site.
//
//   node verify.mjs --url https://tungdong.vn [--key <verifier key>] [--witness <verifier key>]
//                   [--since <saved checkpoint>] [--proof <file>] [--save <file>] [--no-pages]
//   node verify.mjs --proof <file> --key <verifier key> [--witness <verifier key>]
//   node verify.mjs --help
//
// One file, no dependencies, Node 20 or newer. It writes nothing but the file after --save.
//
//   --key    the log's verifier key, as you know it from elsewhere: a printed report, another site, an earlier visit. Without it
//            the key is taken from the site itself, which proves only that the site agrees with itself.
//   --witness  a verifier key of somebody who watches the log and whom you trust: they must have cosigned today's checkpoint.
//            May be given several times. Without it, those whom the site names are told of, and none is demanded.
//   --since  a checkpoint that you saved earlier: the log must have grown from it, with nothing changed.
//   --proof  a .tlog-proof that you were given, perhaps out of a receipt: its entry must be in the log. With --key and without --url
//            it is checked alone, without a network. May be given several times. Which witnesses cosigned it is told, and not
//            demanded: it may be from before they watched.
//   --save   where to save the checkpoint of today, for --since next time.
//   --no-pages  leave the site's pages aside, and look at the log alone.
//
// It ends with 0 where all agrees, 1 where something does not, 2 where it could not look.
//
// What it does, in the order of this file:
//   1. the checkpoint is signed by the log's key            (c2sp.org/signed-note, c2sp.org/tlog-checkpoint)
//      and cosigned by witnesses, who saw it only grow     (c2sp.org/tlog-cosignature)
//   2. every entry hashes to the tiles, and all of them to the signed root   (RFC 6962, c2sp.org/tlog-tiles)
//   3. every đồng has one place on its line, is given once, and not before it came; every closed day adds up; goods that
//      came lie one after another, and are taken back once and whole
//   4. the sums that the site's pages show are the sums of the log
import { createHash, createPublicKey, verify } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'

const WIDTH = 256
const AT_ONCE = 8

/** What does not agree. @type {string[]} */
const faults = []
/** @param {string} what */
const fault = (what) => {
  faults.push(what)
  if (faults.length <= 50) say(`WRONG  ${what}`)
}
/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)
/** @param {string} what */
const fine = (what) => say(`ok     ${what}`)

/** Something is so wrong that there is nothing more to look at. */
class Stop extends Error {}

// ---------------------------------------------------------------------------------------------- 1. the checkpoint

/** @param {...Uint8Array} parts */
const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Base64 that is written in the one way in which it is. @param {string} text */
function base64(text) {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw new Stop('something that should be Base64 is not')
  return bytes
}

/** "<name>+<id>+<key>". @param {string} text */
function readKey(text) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  if (name === undefined || id === undefined || encoded === undefined) throw new Stop(`this is no verifier key: ${text}`)
  const typed = base64(encoded)
  const isWitness = typed[0] === 4
  if (typed.length !== 33 || (typed[0] !== 1 && !isWitness)) throw new Stop('the verifier key is not of Ed25519')
  if (
    sha256(Buffer.from(`${name}\n`), typed)
      .subarray(0, 4)
      .toString('hex') !== id
  )
    throw new Stop('the id of the verifier key is not its own')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') }, format: 'jwk' })
  return { name, id, key, isWitness }
}

/** @typedef {{ origin: string, size: number, root: Buffer }} Checkpoint */
/** @typedef {{ name: string, checkpoint: Checkpoint }} Earlier a checkpoint that somebody kept, and what it is called here */

/**
 * Opens a signed checkpoint: one of the keys signed it, and none of them wrongly.
 * @param {string} note
 * @param {ReturnType<typeof readKey>[]} keys
 * @returns {Checkpoint}
 */
function openCheckpoint(note, keys) {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) throw new Stop('the checkpoint is no signed note')
  const text = note.slice(0, split + 1)
  let isSigned = false
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? []
    if (name === undefined || encoded === undefined) throw new Stop('a signature line of the checkpoint is malformed')
    const bytes = base64(encoded)
    const known = keys.find((key) => key.name === name && key.id === bytes.subarray(0, 4).toString('hex'))
    // Others may sign too: witnesses, and keys that are not known here.
    if (!known) continue
    if (!verify(null, Buffer.from(text), known.key, bytes.subarray(4))) throw new Stop('the signature of the checkpoint is wrong')
    isSigned = true
  }
  if (!isSigned) throw new Stop('the checkpoint is not signed by the key of the log')
  const [origin, size, root, ...more] = text.split('\n')
  if (!origin || !size || !root || more.join('') !== '' || !/^(0|[1-9]\d{0,15})$/.test(size)) throw new Stop('the checkpoint is malformed')
  if (!keys.some((key) => key.name === origin)) throw new Stop(`the checkpoint is of another log, ${origin}`)
  return { origin, size: Number(size), root: base64(root) }
}

/**
 * When witnesses cosigned a checkpoint, by their names: each says that it saw the log grow to it and change nothing.
 * @param {string} note
 * @param {ReturnType<typeof readKey>[]} witnesses
 * @returns {Map<string, Date>}
 */
function cosignersOf(note, witnesses) {
  const split = note.lastIndexOf('\n\n')
  const text = note.slice(0, split + 1)
  /** @type {Map<string, Date>} */
  const cosigned = new Map()
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? []
    if (name === undefined || encoded === undefined) continue
    const bytes = base64(encoded)
    const known = witnesses.find((key) => key.name === name && key.id === bytes.subarray(0, 4).toString('hex'))
    if (!known) continue
    if (bytes.length !== 76) throw new Stop(`the cosignature of ${name} is malformed`)
    const time = bytes.readBigUInt64BE(4)
    if (!verify(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), known.key, bytes.subarray(12)))
      throw new Stop(`the cosignature of ${name} is wrong`)
    cosigned.set(name, new Date(Number(time) * 1000))
  }
  return cosigned
}

/**
 * Says which witnesses cosigned the checkpoint. They do so a moment after it is published, so it waits a little.
 * @param {(path: string) => Promise<Buffer>} get
 * @param {Checkpoint} checkpoint
 * @param {{ note: string, witnesses: ReturnType<typeof readKey>[], areDemanded: boolean }} of
 */
async function checkWitnesses(get, checkpoint, { note, witnesses, areDemanded }) {
  const isAll = () => witnesses.every(({ name }) => cosignersOf(note, witnesses).has(name))
  for (let attempt = 0; !isAll() && attempt < (areDemanded ? 15 : 3); attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 1000))
    note = (await get(`checkpoints/${checkpoint.size}`)).toString('utf8')
  }
  const cosigned = cosignersOf(note, witnesses)
  for (const { name } of witnesses) {
    const at = cosigned.get(name)
    if (at) fine(`cosigned by the witness ${name} at ${at.toISOString()}`)
    else if (areDemanded) fault(`the checkpoint of ${checkpoint.size} entries is not cosigned by the witness ${name}`)
    else say(`-      the witness ${name} has not cosigned this checkpoint, or not yet`)
  }
  if (witnesses.length === 0) say('-      no witness cosigns this log, or none that is known here')
  else if (!areDemanded)
    say('-      which witnesses there are is the word of the site itself. Hold their keys against --witness from elsewhere')
}

// ------------------------------------------------------------------------------------------------- 2. the tree

const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])

/** Where a tile stands: "tile/0/x001/x234/067.p/5". @param {number | 'entries'} level @param {number} index @param {number} width */
function tilePath(level, index, width) {
  const groups = [String(index % 1000).padStart(3, '0')]
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000))
    groups.unshift(`x${String(rest % 1000).padStart(3, '0')}`)
  return `tile/${level}/${groups.join('/')}${width === WIDTH ? '' : `.p/${width}`}`
}

/** Merkle tree hash of hashes that stand side by side (RFC 6962, 2.1). @param {Buffer[]} hashes @returns {Buffer} */
function treeHash(hashes) {
  const [first] = hashes
  if (!first) return sha256()
  if (hashes.length === 1) return first
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return sha256(NODE, treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split)))
}

/** Root of a log of whose leaves the full tiles' hashes are known, and those after the last full tile. @param {Buffer[]} full @param {Buffer[]} rest */
function rootOf(full, rest) {
  // Subtrees of 256 leaves are whole wherever they stand, so the tree over their hashes is the upper part of the tree.
  if (rest.length === 0) return treeHash(full)
  /** @param {number} from @returns {Buffer} */
  const upper = (from) => {
    if (from === full.length) return treeHash(rest)
    const leaves = (full.length - from) * WIDTH + rest.length
    let split = WIDTH
    while (split * 2 < leaves) split *= 2
    const middle = from + split / WIDTH
    return sha256(NODE, treeHash(full.slice(from, middle)), upper(middle))
  }
  return upper(0)
}

/**
 * Root of a log of a size, from an entry and its way up: hashes from the entry's sibling to the root's child (RFC 6962, 2.1.1).
 * @param {number} index @param {number} size @param {Buffer} leaf @param {Buffer[]} way @returns {Buffer}
 */
function rootByWay(index, size, leaf, way) {
  const sibling = way.at(-1)
  if (size === 1 && !sibling) return leaf
  if (size === 1 || !sibling) throw new Stop('the way to the root is too long or too short')
  let split = 1
  while (split * 2 < size) split *= 2
  const rest = way.slice(0, -1)
  if (index < split) return sha256(NODE, rootByWay(index, split, leaf, rest), sibling)
  return sha256(NODE, sibling, rootByWay(index - split, size - split, leaf, rest))
}

/**
 * Checks one proof by itself (c2sp.org/tlog-proof): its entry is in the log that its checkpoint speaks of. Says who cosigned it.
 * @param {string} file
 * @param {ReturnType<typeof readKey>[]} keys
 * @param {ReturnType<typeof readKey>[]} witnesses
 * @returns {Earlier}
 */
function checkProof(file, keys, witnesses) {
  const text = readFileSync(file, 'utf8')
  const split = text.indexOf('\n\n')
  const [header, ...lines] = text.slice(0, split).split('\n')
  if (split < 0 || header !== 'c2sp.org/tlog-proof@v1') throw new Stop('this is no tlog-proof')
  const [, extra] = /^extra (.+)$/.exec(lines.shift() ?? '') ?? []
  const [, number] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? '') ?? []
  if (extra === undefined || number === undefined) throw new Stop('there is no entry in it, or no number')
  const note = text.slice(split + 2)
  const checkpoint = openCheckpoint(note, keys)
  const index = Number(number)
  if (index >= checkpoint.size) throw new Stop('its checkpoint does not reach its entry')
  const root = rootByWay(index, checkpoint.size, sha256(LEAF, base64(extra)), lines.map(base64))
  if (!root.equals(checkpoint.root)) throw new Stop('its entry is not in the log that its checkpoint speaks of')
  const cosigned = cosignersOf(note, witnesses)
  fine(`${file}: entry ${index} is among the first ${checkpoint.size} of ${checkpoint.origin}, signed by its key`)
  for (const [name, at] of cosigned) fine(`${file}: cosigned by the witness ${name} at ${at.toISOString()}`)
  if (cosigned.size === 0) say(`-      ${file}: cosigned by no witness whose key is known here`)
  else for (const { name } of witnesses.filter((key) => !cosigned.has(key.name))) say(`-      ${file}: not cosigned by the witness ${name}`)
  return { name: `the checkpoint in ${file}`, checkpoint }
}

/**
 * Downloads all entries of a log, holds them and every tile against each other and against the checkpoint.
 * @param {(path: string) => Promise<Buffer>} get
 * @param {Checkpoint} checkpoint
 * @param {Earlier[]} earlier which the log must have grown from
 * @param {(entry: Buffer, index: number) => void} read told of each entry, in order
 */
async function checkTree(get, checkpoint, earlier, read) {
  const { size } = checkpoint
  /** Hashes of full tiles of leaves. @type {Buffer[]} */
  const full = []
  /** @type {Buffer[]} */
  let rest = []
  for (const { name, checkpoint: kept } of earlier)
    if (kept.size > size) fault(`the log has ${size} entries, and ${name} speaks of ${kept.size}`)
  const tiles = Math.ceil(size / WIDTH)
  for (let first = 0; first < tiles; first += AT_ONCE) {
    const indexes = Array.from({ length: Math.min(AT_ONCE, tiles - first) }, (_, at) => first + at)
    const fetched = await Promise.all(
      indexes.map(async (index) => {
        const width = Math.min(WIDTH, size - index * WIDTH)
        const [bundle, tile] = await Promise.all([get(tilePath('entries', index, width)), get(tilePath(0, index, width))])
        return { index, width, bundle, tile }
      }),
    )
    for (const { index, width, bundle, tile } of fetched) {
      const entries = readBundle(bundle, width)
      const hashes = entries.map((entry) => sha256(LEAF, entry))
      if (!Buffer.concat(hashes).equals(tile)) fault(`entries ${index * WIDTH} to ${index * WIDTH + width - 1} are not those of their tile`)
      for (const { name, checkpoint: kept } of earlier) {
        const before = kept.size - index * WIDTH
        if (before <= 0 || before > width) continue
        const root = before === WIDTH ? rootOf([...full, treeHash(hashes)], []) : rootOf(full, hashes.slice(0, before))
        if (root.equals(kept.root)) fine(`the log goes on from ${name} of ${kept.size} entries, and changed none of them`)
        else fault(`the first ${kept.size} entries are not those of ${name}: history was changed`)
      }
      if (width === WIDTH) full.push(treeHash(hashes))
      else rest = hashes
      for (const [at, entry] of entries.entries()) read(entry, index * WIDTH + at)
    }
  }
  if (!rootOf(full, rest).equals(checkpoint.root)) throw new Stop('the entries do not make the root that was signed')
  fine(`${size} entries, and each of them hashes to the root that was signed`)

  // The tiles above, which others use for proofs.
  for (let level = 1, below = full; below.length > 0; level++) {
    /** @type {Buffer[]} */
    const above = []
    for (let index = 0; index * WIDTH < below.length; index++) {
      const hashes = below.slice(index * WIDTH, (index + 1) * WIDTH)
      if (!Buffer.concat(hashes).equals(await get(tilePath(level, index, hashes.length)))) fault(`tile ${index} of level ${level} is wrong`)
      if (hashes.length === WIDTH) above.push(treeHash(hashes))
    }
    below = above
  }
  fine('the tiles are those of the entries, on every level')
}

/** Entries of a bundle, each with its length before it. @param {Buffer} bundle @param {number} width */
function readBundle(bundle, width) {
  const entries = []
  for (let at = 0; at < bundle.length;) {
    const end = at + 2 <= bundle.length ? at + 2 + bundle.readUInt16BE(at) : Infinity
    if (end > bundle.length) throw new Stop('a bundle of entries is cut off')
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  if (entries.length !== width) throw new Stop(`a bundle has ${entries.length} entries and should have ${width}`)
  return entries
}

// ---------------------------------------------------------------------------------------------- 3. what it says

/** A list that is too long for an entry stands there as its length and its hash. @param {unknown} value @returns {string[][] | null} */
const stretches = (value) => (Array.isArray(value) ? value : null)

/** What brings money to a line, what takes it away, and how the sums of pages change by it. */
const ARRIVES = new Set(['donation', 'interest', 'donation_restored', 'refund_failed', 'transfer_in', 'spend_refunded'])
const LEAVES = new Set(['spend_paid', 'refund', 'dispute_lost', 'reserve_used', 'transfer_out', 'donation_reversed'])
/** What left a line for good, and is in no sum of what it received. */
const NOT_SHOWN = new Set(['refund', 'dispute_lost', 'reserve_used', 'transfer_out', 'donation_reversed', 'spend_refunded'])

/** Follows what the entries say, one by one, as if nobody had added up anything before. */
function createBooks() {
  /** @type {Map<number, { fund: string, pot: string, end: bigint, net: bigint, spent: bigint, used: [bigint, bigint][] }>} */
  const lines = new Map()
  /** Address of a campaign's page by its line. @type {Map<number, string>} */
  const campaigns = new Map()
  /** @type {Map<string, { closing: bigint | null, day: string, closedIn: bigint, closedOut: bigint, linesIn: number, linesOut: number, toldIn: bigint, toldOut: bigint, countIn: number, countOut: number, told: Set<string> }>} */
  const accounts = new Map()
  /** Where a line of goods ends, in its units. @type {Map<number, bigint>} */
  const goodsEnds = new Map()
  /** Receipts of goods by their numbers, and whether each stands. @type {Map<string, { line: number, units: string, start: string, end: string, stands: boolean }>} */
  const goods = new Map()
  const counts = { gifts: 0, closes: 0, classified: 0, goods: 0, goodsBack: 0, unstated: new Set() }

  /** @param {any} leaf */
  const lineOf = (leaf) => {
    const known = lines.get(leaf.line) ?? { fund: leaf.fund, pot: leaf.pot, end: 0n, net: 0n, spent: 0n, used: [] }
    lines.set(leaf.line, known)
    return known
  }
  /** @param {string} name */
  const accountOf = (name) => {
    const known = accounts.get(name) ?? {
      ...{
        closing: null,
        day: '',
        closedIn: 0n,
        closedOut: 0n,
        linesIn: 0,
        linesOut: 0,
        toldIn: 0n,
        toldOut: 0n,
        countIn: 0,
        countOut: 0,
        told: new Set(),
      },
    }
    accounts.set(name, known)
    return known
  }

  /** @param {any} leaf @param {number} index */
  const arrive = (leaf, index) => {
    const amount = BigInt(leaf.amountVnd)
    const line = lineOf(leaf)
    const laid = stretches(leaf.intervals)
    if (laid) {
      let sum = 0n
      for (const [start, end] of laid) {
        if (BigInt(start ?? -1) !== line.end + sum) fault(`entry ${index}: what came is not laid where its line ended`)
        sum += BigInt(end ?? 0) - BigInt(start ?? 0)
      }
      if (sum !== amount) fault(`entry ${index}: ${amount} ₫ came and ${sum} ₫ were laid`)
    } else if (leaf.intervals === undefined) fault(`entry ${index}: what came has no place on its line`)
    line.end += amount
    line.net += amount
  }

  /** @param {any} leaf @param {number} index */
  const leave = (leaf, index) => {
    const amount = BigInt(leaf.amountVnd)
    const line = lineOf(leaf)
    const taken = stretches(leaf.facts.stretches)
    let sum = 0n
    for (const [from, to] of taken ?? []) {
      const [start, end] = [BigInt(from ?? 0), BigInt(to ?? 0)]
      sum += end - start
      if (end > line.end) fault(`entry ${index}: đồng are given that had not come`)
      if (!insert(line.used, start, end)) fault(`entry ${index}: đồng are given a second time`)
    }
    if (taken && sum !== amount) fault(`entry ${index}: ${amount} ₫ are given and ${sum} ₫ are named`)
    if (leaf.kind === 'spend_paid') line.spent += amount
  }

  /** @param {any} leaf @param {number} index */
  const bring = (leaf, index) => {
    const [[start, end] = []] = stretches(leaf.intervals) ?? []
    const from = goodsEnds.get(leaf.line) ?? 0n
    if (start !== String(from) || end !== String(from + BigInt(leaf.units)))
      fault(`entry ${index}: goods are not laid where their line ended`)
    if (goods.has(leaf.goods)) fault(`entry ${index}: the same goods come a second time`)
    goodsEnds.set(leaf.line, from + BigInt(leaf.units))
    goods.set(leaf.goods, { line: leaf.line, units: leaf.units, start: start ?? '', end: end ?? '', stands: true })
    counts.goods += 1
  }
  /** @param {any} leaf @param {number} index */
  const bringBack = (leaf, index) => {
    const came = goods.get(leaf.goods)
    const [[start, end] = []] = stretches(leaf.facts.stretches) ?? []
    if (!came?.stands) return fault(`entry ${index}: goods are taken back that did not come, or a second time`)
    if (came.line !== leaf.line || came.units !== leaf.units || came.start !== start || came.end !== end)
      fault(`entry ${index}: other goods are taken back than came`)
    came.stands = false
    counts.goodsBack += 1
  }

  /** @param {any} leaf @param {number} index */
  const closeDay = (leaf, index) => {
    const { account: name, openingVnd, closingVnd, inVnd, outVnd, linesIn, linesOut } = leaf.facts
    const account = accountOf(name)
    counts.closes += 1
    if (BigInt(openingVnd) + BigInt(inVnd) - BigInt(outVnd) !== BigInt(closingVnd))
      fault(`entry ${index}: ${leaf.day} of ${name} does not add up`)
    if (account.closing !== null && account.closing !== BigInt(openingVnd))
      fault(`entry ${index}: ${leaf.day} of ${name} does not open with what the day before closed with`)
    if (leaf.day <= account.day) fault(`entry ${index}: ${leaf.day} of ${name} is closed after ${account.day}`)
    account.closing = BigInt(closingVnd)
    account.day = leaf.day
    account.closedIn += BigInt(inVnd)
    account.closedOut += BigInt(outVnd)
    account.linesIn += linesIn
    account.linesOut += linesOut
    if (
      account.closedIn > account.toldIn ||
      account.closedOut > account.toldOut ||
      account.linesIn > account.countIn ||
      account.linesOut > account.countOut
    )
      fault(`entry ${index}: ${name} is closed with lines of which the log does not say what they are`)
  }

  /** @param {any} leaf */
  const classify = ({ amountVnd, facts }) => {
    const account = accountOf(facts.account)
    counts.classified += 1
    counts.unstated.delete(facts.line)
    if (account.told.has(facts.line)) return
    account.told.add(facts.line)
    if (facts.direction === 'in') {
      account.toldIn += BigInt(amountVnd)
      account.countIn += 1
    } else {
      account.toldOut += BigInt(amountVnd)
      account.countOut += 1
    }
  }

  return {
    lines,
    campaigns,
    accounts,
    counts,
    /** @param {Buffer} entry @param {number} index */
    read(entry, index) {
      const text = entry.toString('utf8')
      const leaf = parse(text)
      if (leaf === null) return fault(`entry ${index} can't be read`)
      if (canonical(leaf) !== text) fault(`entry ${index} is not written in its one way`)
      if (leaf.v !== 1) return fault(`entry ${index} is of a later form: download this program anew`)
      if (ARRIVES.has(leaf.kind) && leaf.line !== undefined && leaf.amountVnd !== undefined) arrive(leaf, index)
      if (LEAVES.has(leaf.kind) && leaf.line !== undefined && leaf.amountVnd !== undefined) leave(leaf, index)
      if (NOT_SHOWN.has(leaf.kind) && leaf.line !== undefined && leaf.amountVnd !== undefined) lineOf(leaf).net -= BigInt(leaf.amountVnd)
      if (leaf.kind === 'spend_refunded') lineOf(leaf).spent -= BigInt(leaf.amountVnd)
      if (leaf.kind === 'donation') {
        counts.gifts += 1
        if (leaf.toldBy === 'notice') counts.unstated.add(leaf.bankLine)
      }
      if (leaf.kind === 'goods_received') bring(leaf, index)
      if (leaf.kind === 'goods_reversed') bringBack(leaf, index)
      if (leaf.kind === 'line_classified') classify(leaf)
      if (leaf.kind === 'day_closed') closeDay(leaf, index)
      if (leaf.kind === 'campaign_state' && leaf.line !== undefined) campaigns.set(leaf.line, leaf.facts.campaign)
      if (leaf.kind === 'campaign_changed' && leaf.facts.change === 'renamed') campaigns.set(leaf.line, leaf.facts.to)
    },
  }
}

/** @param {string} text @returns {any} */
function parse(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** JSON in its canonical form (RFC 8785). @param {any} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`
}

/** Puts [start, end) among stretches that are in order; refuses where it meets one of them. @param {[bigint, bigint][]} used @param {bigint} start @param {bigint} end */
function insert(used, start, end) {
  let [low, high] = [0, used.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((used[middle]?.[0] ?? 0n) < start) low = middle + 1
    else high = middle
  }
  const [before, after] = [used[low - 1], used[low]]
  if ((before && before[1] > start) || (after && after[0] < end)) return false
  used.splice(low, 0, [start, end])
  return true
}

// ------------------------------------------------------------------------------------------------ 4. the pages

/** An amount as Vietnamese pages write it, "1.234.567". @param {bigint} amount */
const written = (amount) => String(amount).replace(/\B(?=(\d{3})+$)/g, '.')

/** @param {(path: string) => Promise<Buffer>} getPage @param {ReturnType<typeof createBooks>} books @param {() => Promise<boolean>} isSame */
async function checkPages(getPage, books, isSame) {
  let checked = 0
  for (const [id, slug] of books.campaigns) {
    const sum = written(books.lines.get(id)?.net ?? 0n)
    const says = async () =>
      new RegExp(`(?<![\\d.])${sum.replaceAll('.', '\\.')}(?![\\d.])`).test((await getPage(`chien-dich/${slug}`)).toString('utf8'))
    if (await says()) checked += 1
    else if (await isSame()) fault(`/chien-dich/${slug} does not show ${sum} ₫, which its entries add up to`)
    else return say('-      the log has grown meanwhile: pages are newer than what was checked, run it again to compare them')
  }
  fine(`${checked} pages of campaigns show what their entries add up to`)
}

// ------------------------------------------------------------------------------------------------------ run it

/** Downloads something, and waits where it is told to. @param {string} url @returns {Promise<Buffer>} */
async function download(url) {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(url)
    if (answer.ok) return Buffer.from(await answer.arrayBuffer())
    if (answer.status === 404) throw new Stop(`${url} is missing`)
    const isBusy = answer.status === 429 || answer.status === 503
    if (!isBusy || attempt === 20) throw new Error(`${url} answered ${answer.status}`)
    await new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(60, Number(answer.headers.get('retry-after') ?? 2))))
  }
}

/** @param {(path: string) => Promise<Buffer>} get @param {string} path */
async function linesOf(get, path) {
  const text = (await get(path)).toString('utf8')
  return text.split('\n').filter((line) => line !== '')
}

/** @param {string[]} texts */
function readLogKeys(texts) {
  const keys = texts.map(readKey)
  if (keys.some(({ isWitness }) => isWitness)) throw new Stop('what is given as the key of the log is the key of a witness')
  return keys
}

/** @param {string[]} texts */
function readWitnesses(texts) {
  const keys = texts.map(readKey)
  if (keys.some(({ isWitness }) => !isWitness)) throw new Stop('what is given as the key of a witness is none')
  return keys
}

/** Checks proofs, one after another. @param {string[]} files @param {ReturnType<typeof readKey>[]} keys @param {ReturnType<typeof readKey>[]} witnesses */
function keptIn(files, keys, witnesses) {
  return files.flatMap((file) => {
    try {
      return [checkProof(file, keys, witnesses)]
    } catch (error) {
      if (!(error instanceof Stop)) throw error
      fault(`${file}: ${error.message}`)
      return []
    }
  })
}

/** What this file says of itself at its head. */
const usage = () =>
  /^(?:\/\/.*\n)+/
    .exec(readFileSync(new URL(import.meta.url), 'utf8'))?.[0]
    .replace(/^\/\/ ?/gm, '')
    .trimEnd() ?? ''

async function main() {
  const { values } = parseArgs({
    options: {
      ...{ url: { type: 'string' }, key: { type: 'string', multiple: true }, witness: { type: 'string', multiple: true } },
      ...{ since: { type: 'string' }, proof: { type: 'string', multiple: true }, save: { type: 'string' } },
      ...{ 'no-pages': { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h', default: false } },
    },
  })
  if (values.help) {
    process.exitCode = 0
    return say(usage())
  }
  const proofs = values.proof ?? []
  if (values.url === undefined && values.key !== undefined && proofs.length > 0)
    return void keptIn(proofs, readLogKeys(values.key), readWitnesses(values.witness ?? []))
  if (values.url === undefined) throw new Error('say which site: node verify.mjs --url https://tungdong.vn')
  const base = values.url.replace(/\/+$/, '')
  /** @param {string} path */
  const get = (path) => download(`${base}/log/${path}`)

  const texts = values.key ?? (await linesOf(get, 'vkey'))
  const keys = readLogKeys(texts)
  if (values.key === undefined) say(`-      the key is the site's own word: ${texts.join(', ')}. Hold it against --key from elsewhere`)
  const note = (await get('checkpoint')).toString('utf8')
  const checkpoint = openCheckpoint(note, keys)
  fine(`the checkpoint of ${checkpoint.origin} at ${checkpoint.size} entries is signed by its key`)
  const witnesses = readWitnesses(values.witness ?? (await linesOf(get, 'witnesses')))
  await checkWitnesses(get, checkpoint, { note, witnesses, areDemanded: values.witness !== undefined })
  const earlier = keptIn(proofs, keys, witnesses)
  if (values.since !== undefined)
    earlier.push({ name: 'your checkpoint', checkpoint: openCheckpoint(readFileSync(values.since, 'utf8'), keys) })

  const books = createBooks()
  await checkTree(get, checkpoint, earlier, books.read)
  const { lines, accounts, counts } = books
  fine(
    `${counts.gifts} gifts, ${counts.classified} facts about lines of the bank, ${counts.closes} closed days of ${accounts.size} accounts`,
  )
  if (counts.goods > 0) fine(`${counts.goods} receipts of goods lie one after another, ${counts.goodsBack} of them were taken back`)
  if (counts.unstated.size > 0) say(`-      ${counts.unstated.size} gifts are not yet on a statement of the bank`)
  /** @type {Map<string, { net: bigint, spent: bigint }>} */
  const funds = new Map()
  for (const { fund, net, spent } of lines.values()) {
    const sum = funds.get(fund) ?? { net: 0n, spent: 0n }
    funds.set(fund, { net: sum.net + net, spent: sum.spent + spent })
  }
  for (const [fund, { net, spent }] of funds) fine(`${fund}: ${written(net)} ₫ received, ${written(spent)} ₫ of it paid for children`)
  if (!values['no-pages']) {
    const isSame = async () => openCheckpoint((await get('checkpoint')).toString('utf8'), keys).size === checkpoint.size
    await checkPages((path) => download(`${base}/${path}`), books, isSame)
  }
  if (values.save !== undefined && faults.length === 0) writeFileSync(values.save, note)
}

try {
  await main()
} catch (error) {
  if (error instanceof Stop) fault(error.message)
  else {
    say(`could not look: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 2
  }
}
if (faults.length > 0) {
  say(`${faults.length} ${faults.length === 1 ? 'thing does' : 'things do'} not agree.`)
  process.exitCode = 1
} else if (process.exitCode === undefined) say('All of it agrees.')
