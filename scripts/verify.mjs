// Checks the public log of a Từng Đồng site, and that what the log says adds up, without trusting the site.
//
//   node verify.mjs --url https://tungdong.vn [--key <verifier key>] [--witness <verifier key>]
//                   [--since <saved checkpoint>] [--proof <file>] [--save <file>] [--keep <folder>]
//                   [--all-checkpoints] [--no-pages]
//   node verify.mjs --proof <file> --key <verifier key> [--witness <verifier key>]
//   node verify.mjs --help
//
// One file, no dependencies, Node 20 or newer. It writes nothing but the file after --save and what is in the folder after --keep.
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
//   --keep   a folder where entries stay that were downloaded: a run that was cut off, or the next one, asks only for those that are
//            not there. All of them are looked at each time, and held against the tiles that the site has now.
//   --all-checkpoints  hold every checkpoint that the site ever published against the log, and not only some of them.
//   --no-pages  leave the site's pages aside, and look at the log alone.
//
// It ends with 0 where all agrees, 1 where something does not, 2 where it could not look, 3 where what it checked agrees and
// something could not be checked, or is not told to its end: each of those is said, beginning with "OPEN".
//
// What it does, in the order of this file:
//   1. the checkpoint is signed by the log's key            (c2sp.org/signed-note, c2sp.org/tlog-checkpoint)
//      and cosigned by witnesses, who saw it only grow     (c2sp.org/tlog-cosignature)
//   2. every entry hashes to the tiles, and all of them to the signed root   (RFC 6962, c2sp.org/tlog-tiles)
//      and earlier checkpoints, the first, the last, some evenly spread and some by chance, are signed, and their roots are
//      those of as many entries
//   3. what the entries say adds up: (a) every đồng has one place in its pot, leaves it once and not before it came, and
//      comes to another pot where it left one; (b) no gift gives back more than it was; (c) every line of a bank that is
//      called a gift is the gifts that came by it, đồng for đồng, what else it is called is there, and every closed day is
//      the lines that it names; (d) no spend is paid that was not asked for and approved, or by more; (e) goods lie one
//      after another, and are taken back once and whole; (f) a campaign is for one need
//   4. the sums that the site's pages mark, in tables, sentences, drawings and what is read aloud, are the sums of the log, are what
//      a reader sees, and are the same in English and in Vietnamese: of every campaign, of funds, of the last days, of the river of
//      money year by year, of what came for each need and so for each commune, and of some gifts and spends; some files of closed days have
//      their listed hashes and come to what the days were closed with; some proofs hold
//
// What it can't know: whether a bank's balances are the bank's (its own statement says so), whether cards and cash brought
// more than is told, what communes need and others give for it, and whether coats were handed over, and to the đồng what they cost
// (papers and pictures say so).
import { createHash, createPublicKey, randomBytes, randomInt, verify } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

const WIDTH = 256
const AT_ONCE = 8
/** So many proofs, pages of gifts and files of days are looked at, chosen by chance. */
const SAMPLE = 8

/** How many things do not agree, and how many could not be checked or are not told to their end. */
let [faults, open] = [0, 0]
/** Of each so many are told. */
const MOST_TOLD = 50
/** @param {string} what does not agree */
const fault = (what) => {
  faults += 1
  if (faults <= MOST_TOLD) say(`WRONG  ${what}`)
}
/** @param {string} what could not be checked, or is not told to its end */
const notChecked = (what) => {
  open += 1
  if (open <= MOST_TOLD) say(`OPEN   ${what}`)
}
/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`)
/** @param {string} what */
const fine = (what) => say(`ok     ${what}`)

/** Says what was looked at since, as checked only where nothing of it was wrong. @param {number} before faults until then @param {string} what */
const done = (before, what) => say(`${faults === before ? 'ok    ' : '-     '} ${what}`)

const SAY_EVERY_MS = 10_000
let saidAt = Date.now()
/** Says how far it is, now and then, beside what is said of the log: a long one takes its time. @param {string} what */
const progress = (what) => {
  if (Date.now() - saidAt < SAY_EVERY_MS) return
  saidAt = Date.now()
  process.stderr.write(`...    ${what}\n`)
}

/** Something is so wrong that there is nothing more to look at. */
class Stop extends Error {}
/** Something is not there. */
class Missing extends Stop {}

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

/** Kinds of keys that this program knows: of logs, and of witnesses. */
const ED25519 = 1
const ED25519_COSIGNING = 4

/** "<name>+<id>+<key>". @param {string} text */
function readKey(text) {
  const [, name, id, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
  if (name === undefined || id === undefined || encoded === undefined) throw new Stop(`this is no verifier key: ${text}`)
  const typed = base64(encoded)
  const isWitness = typed[0] === ED25519_COSIGNING
  if (typed.length !== 33 || (typed[0] !== ED25519 && !isWitness)) throw new Stop('the verifier key is not of Ed25519')
  if (
    sha256(Buffer.from(`${name}\n`), typed)
      .subarray(0, 4)
      .toString('hex') !== id
  )
    throw new Stop('the id of the verifier key is not its own')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') }, format: 'jwk' })
  return { name, id, key, isWitness, lastSize: Infinity }
}

/** Whether a key is of a kind that this program knows: others may stand beside them some day. @param {string} text */
const isKnownKind = (text) => [ED25519, ED25519_COSIGNING].includes(Buffer.from(text.split('+').slice(2).join('+'), 'base64')[0] ?? 0)

/** @typedef {{ origin: string, size: number, root: Buffer }} Checkpoint */
/** @typedef {{ name: string, checkpoint: Checkpoint }} Kept a checkpoint that somebody kept, and what it is called here */
/** @typedef {{ size: number, compare: (root: Buffer) => void }} Published an earlier size of the log, and what is done with its root */

/**
 * Opens a signed checkpoint: one of the keys signed it that still counted at its size, and none of them wrongly.
 * @param {string} note
 * @param {ReturnType<typeof readKey>[]} keys
 * @returns {Checkpoint}
 */
function openCheckpoint(note, keys) {
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) throw new Stop('the checkpoint is no signed note')
  const text = note.slice(0, split + 1)
  const [origin, size, root, ...more] = text.split('\n')
  let [isSigned, isEnded] = [false, false]
  for (const line of note.slice(split + 2, -1).split('\n')) {
    const [, name, encoded] = /^— (\S+) (\S+)$/.exec(line) ?? []
    if (name === undefined || encoded === undefined) throw new Stop('a signature line of the checkpoint is malformed')
    const bytes = base64(encoded)
    const known = keys.find((key) => key.name === name && key.id === bytes.subarray(0, 4).toString('hex'))
    // Others may sign too: witnesses, and keys that are not known here.
    if (!known) continue
    if (!verify(null, Buffer.from(text), known.key, bytes.subarray(4))) throw new Stop('the signature of the checkpoint is wrong')
    if (Number(size) > known.lastSize) isEnded = true
    else isSigned = true
  }
  if (!isSigned && isEnded) throw new Stop('the checkpoint is signed only by a key that was put away before the log was so long')
  if (!isSigned) throw new Stop('the checkpoint is not signed by the key of the log')
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

/** Names at the lines of signatures. @param {string} note @returns {string[]} */
const signersOf = (note) => [...note.slice(note.lastIndexOf('\n\n')).matchAll(/^— (\S+) /gm)].map(([, name]) => name ?? '')

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
    else notChecked(`the witness ${name}, whom the site names, has not cosigned the checkpoint of ${checkpoint.size} entries`)
  }
  for (const name of signersOf(note).filter((one) => one !== checkpoint.origin && !witnesses.some((known) => known.name === one)))
    say(`-      ${name} signed it too, whose key is not known here`)
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

/**
 * Hashes of whole subtrees side by side, largest first, of which a log consists: all that is needed to go on from it, and as few
 * as its size has ones in binary.
 */
function createForest() {
  /** @type {{ width: number, hash: Buffer }[]} */
  const trees = []
  return {
    /** The hash of the next full tile. @param {Buffer} hash */
    grow(hash) {
      let tree = { width: 1, hash }
      for (let last = trees.at(-1); last?.width === tree.width; last = trees.at(-1)) {
        tree = { width: tree.width * 2, hash: sha256(NODE, last.hash, tree.hash) }
        trees.pop()
      }
      trees.push(tree)
    },
    /** The root of the log with some leaves more, fewer than a tile has. @param {Buffer[]} rest @returns {Buffer} */
    rootWith(rest) {
      const [last, ...before] = [...(rest.length > 0 ? [treeHash(rest)] : []), ...trees.map(({ hash }) => hash).reverse()]
      return before.reduce((root, hash) => sha256(NODE, hash, root), last ?? treeHash([]))
    },
  }
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
 * Opens one proof by itself (c2sp.org/tlog-proof): its entry is in the log that its checkpoint speaks of.
 * @param {string} text
 * @param {ReturnType<typeof readKey>[]} keys
 * @returns {{ index: number, note: string, checkpoint: Checkpoint }}
 */
function openProof(text, keys) {
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
  return { index, note, checkpoint }
}

/**
 * Checks a proof that somebody was given, and says who cosigned it.
 * @param {string} file
 * @param {ReturnType<typeof readKey>[]} keys
 * @param {ReturnType<typeof readKey>[]} witnesses
 * @returns {Kept}
 */
function checkProof(file, keys, witnesses) {
  const { index, note, checkpoint } = openProof(readFileSync(file, 'utf8'), keys)
  const cosigned = cosignersOf(note, witnesses)
  fine(`${file}: entry ${index} is among the first ${checkpoint.size} of ${checkpoint.origin}, signed by its key`)
  for (const [name, at] of cosigned) fine(`${file}: cosigned by the witness ${name} at ${at.toISOString()}`)
  if (cosigned.size === 0) say(`-      ${file}: cosigned by no witness whose key is known here`)
  else for (const { name } of witnesses.filter((key) => !cosigned.has(key.name))) say(`-      ${file}: not cosigned by the witness ${name}`)
  return { name: `the checkpoint in ${file}`, checkpoint }
}

/**
 * Proofs as the site hands them out, of entries chosen by chance: each speaks of its entry, and of this log.
 * @param {(path: string) => Promise<Buffer>} get
 * @param {Checkpoint} now
 * @param {ReturnType<typeof readKey>[]} keys
 */
async function checkSomeProofs(get, now, keys) {
  const before = faults
  const chosen = Array.from({ length: Math.min(SAMPLE, now.size) }, () => randomInt(now.size))
  for (const index of chosen) {
    const proof = openProof((await get(`proof/${index}.tlog-proof`)).toString('utf8'), keys)
    if (proof.index !== index) fault(`the proof of entry ${index} is of entry ${proof.index}`)
    if (proof.checkpoint.size === now.size && !proof.checkpoint.root.equals(now.root))
      fault(`the proof of entry ${index} is of another log`)
  }
  done(before, `${chosen.length} proofs that the site hands out, of entries chosen by chance, hold`)
}

/**
 * What is fetched for each number before a count, in their order; some are on their way while one is looked at.
 * @template T @param {number} count @param {(index: number) => Promise<T>} fetchOne @returns {AsyncGenerator<T, void>}
 */
async function* inOrder(count, fetchOne) {
  /** @type {Promise<T>[]} */
  const onTheirWay = []
  for (let index = 0; index < count || onTheirWay.length > 0;) {
    while (index < count && onTheirWay.length < AT_ONCE) {
      const one = fetchOne(index++)
      // What fails is told when its turn comes.
      one.catch(() => undefined)
      onTheirWay.push(one)
    }
    const next = onTheirWay.shift()
    if (next) yield await next
  }
}

/**
 * Full tiles of entries never change: those that were downloaded stay in a folder, where one is given, apart from those of other logs.
 * @param {(path: string) => Promise<Buffer>} get @param {string | undefined} folder @param {string} origin
 */
function createKept(get, folder, origin) {
  let found = 0
  return {
    /** @param {number} index @param {number} width @returns {Promise<{ bundle: Buffer, from: string }>} */
    async bundle(index, width) {
      const path = tilePath('entries', index, width)
      if (folder === undefined || width < WIDTH) return { bundle: await get(path), from: 'the site' }
      const file = join(folder, origin.replace(/[^a-z0-9]+/gi, '-'), path)
      if (existsSync(file)) {
        found += 1
        return { bundle: readFileSync(file), from: file }
      }
      const bundle = await get(path)
      mkdirSync(dirname(file), { recursive: true })
      // Whole or not at all, wherever this is cut off.
      writeFileSync(`${file}.new`, bundle)
      renameSync(`${file}.new`, file)
      return { bundle, from: 'the site' }
    },
    end() {
      if (found > 0) say(`-      ${found} tiles of entries were read from ${folder}, and the site was not asked for them again`)
    },
  }
}

/**
 * Downloads all entries of a log, holds them and every tile against each other and against the checkpoint, and earlier
 * checkpoints against as many of the entries as they speak of.
 * @param {(path: string) => Promise<Buffer>} get
 * @param {ReturnType<typeof createKept>} kept
 * @param {Checkpoint} checkpoint
 * @param {AsyncIterator<Published, void>} earlier checkpoints, the smallest first
 * @param {(entry: Buffer, index: number) => Promise<void>} read told of each entry, in order
 */
async function checkTree(get, kept, checkpoint, earlier, read) {
  const { size } = checkpoint
  const forest = createForest()
  /** Hashes of full tiles of leaves. @type {Buffer[]} */
  const full = []
  /** @type {Buffer[]} */
  let rest = []
  let next = await earlier.next()
  const fetched = inOrder(Math.ceil(size / WIDTH), async (index) => {
    const width = Math.min(WIDTH, size - index * WIDTH)
    const [{ bundle, from }, tile] = await Promise.all([kept.bundle(index, width), get(tilePath(0, index, width))])
    return { index, width, bundle, from, tile }
  })
  for await (const { index, width, bundle, from, tile } of fetched) {
    progress(`${written(BigInt(index * WIDTH))} of ${written(BigInt(size))} entries`)
    const entries = readBundle(bundle, width)
    const hashes = entries.map((entry) => sha256(LEAF, entry))
    if (!Buffer.concat(hashes).equals(tile))
      fault(`entries ${index * WIDTH} to ${index * WIDTH + width - 1}, from ${from}, are not those of their tile`)
    for (; !next.done && next.value.size <= index * WIDTH + width; next = await earlier.next())
      next.value.compare(forest.rootWith(hashes.slice(0, next.value.size - index * WIDTH)))
    if (width === WIDTH) {
      const hash = treeHash(hashes)
      full.push(hash)
      forest.grow(hash)
    } else rest = hashes
    for (const [at, entry] of entries.entries()) await read(entry, index * WIDTH + at)
  }
  kept.end()
  if (!forest.rootWith(rest).equals(checkpoint.root)) throw new Stop('the entries do not make the root that was signed')
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

/**
 * Earlier checkpoints: those that somebody kept, and of those that the site published the first, the last before today's, some
 * evenly spread and some by chance, or all. Each must be there, signed, one of its size, and of the log's first entries.
 * @param {(path: string) => Promise<Buffer>} get
 * @param {Checkpoint} now
 * @param {{ keys: ReturnType<typeof readKey>[], witnesses: ReturnType<typeof readKey>[], kept: Kept[], isAll: boolean }} of
 */
function createEarlier(get, now, { keys, witnesses, kept, isAll }) {
  const counts = { sizes: 0, wrong: 0 }
  /** @param {string} what */
  const wrong = (what) => {
    counts.wrong += 1
    fault(what)
  }

  /**
   * Sizes of checkpoints that the site lists until today's, the nearest first.
   * @param {'from' | 'before'} side @param {number} from from that one on, or below it @returns {Promise<number[]>}
   */
  async function listed(side, from) {
    const lines = await linesOf(get, `checkpoints/${side}/${from}`)
    const sizes = lines.map((line) => (/^[1-9]\d{0,15}$/.test(line) ? Number(line) : NaN))
    const isNext = (/** @type {number} */ size, /** @type {number} */ at) => {
      const before = sizes[at - 1] ?? (side === 'from' ? from - 1 : from)
      return Number.isSafeInteger(size) && (side === 'from' ? size > before : size < before)
    }
    const first = sizes.findIndex((size, at) => !isNext(size, at))
    if (first >= 0) wrong(`two checkpoints of ${sizes[first]} entries are listed, or they are not in their order`)
    return sizes.filter((size, at) => isNext(size, at) && size <= now.size)
  }

  async function someSizes() {
    const spread = Array.from({ length: SAMPLE }, (_, at) => 1 + Math.floor((at * now.size) / SAMPLE))
    const byChance = Array.from({ length: SAMPLE }, () => 1 + randomInt(now.size))
    const found = await inTurns([...spread, ...byChance], async (size) => (await listed('from', size)).slice(0, 1))
    return [...found.flat(), ...(await listed('before', now.size)).slice(0, 1), now.size]
  }

  /** Sizes to look at, in order, some at a time. @returns {AsyncGenerator<number[], void>} */
  async function* sizes() {
    const own = kept.map(({ checkpoint }) => checkpoint.size).filter((size) => size <= now.size)
    const inOrder = (/** @type {number[]} */ some) => [...new Set(some)].sort((a, b) => a - b)
    if (now.size === 0) return
    try {
      if (!(await listed('from', now.size)).includes(now.size)) wrong(`the checkpoint of ${now.size} entries is signed, and not listed`)
      if (!isAll) return yield inOrder([...(await someSizes()), ...own])
      for (let from = 1; from <= now.size;) {
        const page = await listed('from', from)
        const last = Math.max(page.at(-1) ?? now.size, from)
        yield inOrder([...page, ...own.filter((size) => size >= from && size <= last)])
        from = last + 1
      }
    } catch (error) {
      if (!(error instanceof Missing)) throw error
      notChecked('the site does not list its earlier checkpoints: none was looked at but those that were given')
      yield inOrder(own)
    }
  }

  /** The checkpoint of a size as the site keeps it; null where that is none. @param {number} size */
  async function published(size) {
    try {
      const note = (await get(`checkpoints/${size}`)).toString('utf8')
      const checkpoint = openCheckpoint(note, keys)
      cosignersOf(note, witnesses)
      if (checkpoint.size === size) return checkpoint
      wrong(`in the place of the checkpoint of ${size} entries stands one of ${checkpoint.size}`)
    } catch (error) {
      if (error instanceof Missing) wrong(`the checkpoint of ${size} entries was published, and is kept no more`)
      else if (error instanceof Stop) wrong(`the checkpoint of ${size} entries that the site keeps is forged: ${error.message}`)
      else throw error
    }
    return null
  }

  /** @returns {AsyncGenerator<Published, void>} */
  async function* checkpoints() {
    for (const { name, checkpoint } of kept)
      if (checkpoint.size > now.size) fault(`the log has ${now.size} entries, and ${name} speaks of ${checkpoint.size}`)
    for await (const some of sizes())
      for (let first = 0; first < some.length; first += AT_ONCE) {
        const these = some.slice(first, first + AT_ONCE)
        const found = await inTurns(these, published)
        for (const [at, size] of these.entries()) {
          const own = kept.filter(({ checkpoint }) => checkpoint.size === size)
          yield { size, compare: (root) => compare(root, found[at] ?? null, own) }
        }
      }
  }

  /** @param {Buffer} root of as many entries @param {Checkpoint | null} there as the site keeps it @param {Kept[]} own */
  function compare(root, there, own) {
    if (there) counts.sizes += 1
    if (there && !root.equals(there.root))
      wrong(`the checkpoint of ${there.size} entries that the site keeps is forged: it is not of the first ${there.size} of the log`)
    for (const { name, checkpoint } of [...own, { name: 'that of today', checkpoint: now }]) {
      if (there?.size === checkpoint.size && !there.root.equals(checkpoint.root))
        wrong(`two checkpoints of ${checkpoint.size} entries are signed: ${name}, and the one that the site keeps`)
      if (checkpoint === now) continue
      if (root.equals(checkpoint.root)) fine(`the log goes on from ${name} of ${checkpoint.size} entries, and changed none of them`)
      else fault(`the first ${checkpoint.size} entries are not those of ${name}: history was changed`)
    }
  }

  return {
    checkpoints: checkpoints(),
    end() {
      const which = isAll ? 'all that the site lists' : 'the first, the last, and some between'
      const what = `${counts.sizes} checkpoints that the site keeps, ${which}, are signed, and their roots are those of as many entries`
      if (counts.sizes > 0) say(`${counts.wrong === 0 ? 'ok    ' : '-     '} ${what}`)
    },
  }
}

/**
 * What comes of each of some, not all at the same time.
 * @template T, R @param {T[]} all @param {(one: T) => Promise<R>} act @returns {Promise<R[]>}
 */
async function inTurns(all, act) {
  /** @type {R[]} */
  const made = []
  for (let first = 0; first < all.length; first += AT_ONCE) made.push(...(await Promise.all(all.slice(first, first + AT_ONCE).map(act))))
  return made
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

// What an entry may say is written down in docs/leaves.md of the site's source. Each part below follows one kind of thing
// through the log, entry by entry, as if nobody had added up anything before: pots of đồng, gifts, lines of the bank, closed
// days, spends, goods. What an entry says wrongly is a fault; what can't be known from the log is said at the end.

/** An entry says something in a way in which it can't be read. */
class Malformed extends Error {}

/** @param {unknown} value @param {RegExp} form @param {string} what @returns {string} */
function textOf(value, form, what) {
  if (typeof value !== 'string' || !form.test(value)) throw new Malformed(`${what} is not written as it should be`)
  return value
}
/** Whole đồng, or units of goods, written as text. @param {unknown} value @param {string} what */
const amountOf = (value, what) => BigInt(textOf(value, /^(0|[1-9]\d{0,15})$/, what))
/** An amount above nothing. @param {unknown} value @param {string} what */
const sumOf = (value, what) => BigInt(textOf(value, /^[1-9]\d{0,15}$/, what))
/** What a bank says there is: it may be below nothing. @param {unknown} value @param {string} what */
const balanceOf = (value, what) => BigInt(textOf(value, /^(0|-?[1-9]\d{0,15})$/, what))
/** A number that is a name. @param {unknown} value @param {string} what */
const numberOf = (value, what) => textOf(value, NUMBER, what)
/** @param {unknown} value @param {string} what */
const nameOf = (value, what) => textOf(value, /^[^\n]{1,200}$/, what)
/** @param {unknown} value @param {string} what */
const dayOf = (value, what) => textOf(value, /^\d{4}-\d\d-\d\d$/, what)
/** @param {unknown} value @param {string} what @returns {number} */
function countOf(value, what) {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new Malformed(`${what} is no count`)
  return value
}
/** @param {unknown} value @param {string} what @returns {unknown[]} */
function listOf(value, what) {
  if (!Array.isArray(value)) throw new Malformed(`${what} are missing`)
  return value
}

/** @typedef {[start: bigint, end: bigint]} Stretch đồng of a pot, or units of goods, from one to before another */
/** @typedef {{ gift: string | null, amount: bigint }} Part whose đồng, and how many */

/** Stretches, none of them empty. @param {unknown} value @param {string} what @returns {Stretch[]} */
const stretchesOf = (value, what) =>
  listOf(value, what).map((one) => {
    const [from, to] = listOf(one, what)
    const [start, end] = [amountOf(from, what), amountOf(to, what)]
    if (start >= end) throw new Malformed(`${what} end before they begin`)
    return [start, end]
  })
/** @param {Stretch[]} stretches */
const lengthOf = (stretches) => stretches.reduce((sum, [start, end]) => sum + end - start, 0n)

/** Whether a list, or facts, stand in an entry only as their hash: they are too long for it. @param {unknown} value */
const isHash = (value) =>
  typeof value === 'object' && value !== null && ['bytes,sha256', 'items,sha256'].includes(Object.keys(value).sort().join())

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** An entry as it is written: UTF-8, and JSON in its one form. @param {Buffer} entry @returns {any} */
function parse(entry) {
  const text = UTF8.decode(entry)
  const leaf = JSON.parse(text)
  if (typeof leaf !== 'object' || leaf === null || canonical(leaf) !== text) throw new Malformed('it is not written in its one way')
  return leaf
}

/** JSON in its canonical form (RFC 8785). @param {any} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  // Half of a character is none.
  if (typeof value === 'string' && !value.isWellFormed()) throw new Malformed('it is not written in its one way')
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const names = Object.keys(value).sort()
  return `{${names.map((name) => `${canonical(name)}:${canonical(value[name])}`).join(',')}}`
}

/** Kinds that move nothing: of them only what all entries have is checked. */
const MOVES_NOTHING = new Set([
  ...['refund_requested', 'refund_withdrawn', 'dispute_opened', 'dispute_won', 'budget_changed', 'photo', 'photo_withdrawn'],
  ...['paper', 'document', 'document_withdrawn', 'receiving_account_changed', 'appointment'],
  ...['name_shown', 'name_hidden', 'name_changed', 'erasure'],
])

/** Events of one act stand much closer together than this; a checkpoint may have come between them. */
const ONE_ACT = 500

/**
 * Says of what is not told to its end: wrong where the log has long gone on, else only not told yet.
 * @param {number} size @param {number} index the entry that left it open @param {string} what
 */
function leftOpen(size, index, what) {
  if (size - index > ONE_ACT) fault(`entry ${index}: ${what}`)
  else notChecked(`entry ${index}: ${what}; it may only not be told yet: look again in a minute`)
}

// ---------------------------------------------------------------------------------- 3. how much of it is kept here

// A log has millions of gifts, and each of them may go back years later, so all are kept. As objects they would take half a
// kilobyte for each entry, and a Map ends at 16.7 million; in columns of plain numbers they take about a hundred bytes, outside of
// what JavaScript has to look through again and again.

/** The name of a gift or a line of the bank. */
const NUMBER = /^[1-9]\d{0,15}$/

/** @typedef {{ get: (at: number) => any, set: (at: number, value: any) => void }} Column values by their place; 0 where none was set */

/**
 * @template {bigint | number} Value
 * @param {{ new (length: number): { [at: number]: Value, length: number, set: (from: any) => void } }} Kind @param {Value} nothing
 */
function createColumn(Kind, nothing) {
  let values = new Kind(16)
  return {
    /** @param {number} at @returns {Value} */
    get: (at) => values[at] ?? nothing,
    /** @param {number} at @param {Value} value */
    set(at, value) {
      if (at >= values.length) {
        const more = new Kind(Math.max(at + 1, values.length * 2))
        more.set(values)
        values = more
      }
      values[at] = value
    },
  }
}
/** Đồng. */
const amounts = () => createColumn(BigInt64Array, 0n)
/** Places of entries, numbers of pots. */
const counts = () => createColumn(Float64Array, 0)
/** Names of gifts or lines of the bank, or none. @returns {Column} */
function numbers() {
  const column = amounts()
  return {
    get: (at) => (column.get(at) === 0n ? null : String(column.get(at))),
    set: (at, value) => column.set(at, value === null ? 0n : BigInt(value)),
  }
}
/** One of a few: days, funds, accounts, classes, yes or no. @returns {Column} */
function oneOfFew() {
  const column = createColumn(Int32Array, 0)
  /** @type {any[]} */
  const known = []
  const places = new Map()
  return {
    get: (at) => known[column.get(at)],
    set(at, value) {
      if (!places.has(value)) places.set(value, known.push(value) - 1)
      column.set(at, places.get(value))
    },
  }
}

/**
 * Things by their numbers. What is handed out of them reads and writes as an object does.
 * @template Row
 * @typedef {{ size: () => number, get: (number: unknown) => Row | undefined, add: (number: string, row: Row) => Row, all: () => Generator<[number: string, row: Row], void> }} Table
 */

/** Things that are kept in columns, one for each of their properties. @param {Record<string, Column>} columns @returns {Table<any>} */
function createTable(columns) {
  const names = amounts()
  let size = 0
  /** Where each stands, and 1: at the place that its number comes to, or the next that was free. */
  let places = new Int32Array(1024)

  /** @param {bigint} name */
  function placeOf(name) {
    const mixed = Math.imul(Number(name & 0xffff_ffffn) ^ Math.imul(Number(name >> 32n), 0x85eb_ca6b), 0x9e37_79b1)
    const last = places.length - 1
    let place = (mixed ^ (mixed >>> 15)) & last
    for (let at = places[place] ?? 0; at !== 0 && names.get(at - 1) !== name; at = places[place] ?? 0) place = (place + 1) & last
    return place
  }

  class Row {
    /** @param {number} at */
    constructor(at) {
      this.at = at
    }
  }
  for (const [name, column] of Object.entries(columns))
    Object.defineProperty(Row.prototype, name, {
      /** @this {Row} */
      get() {
        return column.get(this.at)
      },
      /** @this {Row} @param {unknown} value */
      set(value) {
        column.set(this.at, value)
      },
    })

  return {
    size: () => size,
    get(number) {
      const at = typeof number === 'string' && NUMBER.test(number) ? (places[placeOf(BigInt(number))] ?? 0) : 0
      return at === 0 ? undefined : new Row(at - 1)
    },
    add(number, row) {
      names.set(size, BigInt(number))
      size += 1
      if (size * 2 > places.length) {
        places = new Int32Array(places.length * 2)
        for (let at = 1; at < size; at++) places[placeOf(names.get(at - 1))] = at
      }
      places[placeOf(BigInt(number))] = size
      return Object.assign(new Row(size - 1), row)
    },
    *all() {
      for (let at = 0; at < size; at++) yield [String(names.get(at)), new Row(at)]
    },
  }
}

// ------------------------------------------------------------------------------------------------------ 3a. pots

/** @typedef {{ fund: string, pot: string, end: bigint, net: bigint, spent: bigint, free: bigint, promised: bigint, used: Taken, places: number, ends: Column, owners: Column }} Pot what came to it, place by place: where it ends, and whose it is */

/** Pots of đồng: what came lies where the pot ended, and every đồng leaves once, after it came. @param {(what: string) => void} wrong */
function createPots(wrong) {
  /** @type {Map<number, Pot>} */
  const pots = new Map()
  /** Đồng that left one pot for another and are not there yet. @type {Map<string, { index: number, parts: Part[] }[]>} */
  const moving = new Map()

  /** @param {string} fund @param {string} pot @returns {Pot} */
  const createPot = (fund, pot) => ({
    ...{ fund, pot, end: 0n, net: 0n, spent: 0n, free: 0n, promised: 0n, used: createTaken() },
    ...{ places: 0, ends: amounts(), owners: numbers() },
  })
  /** @param {any} leaf @returns {Pot} */
  function potOf({ line, fund, pot }) {
    if (countOf(line, 'its pot') === 0) throw new Malformed('its pot has no number')
    const known = pots.get(line) ?? createPot(fund, pot)
    if (known.fund !== fund || known.pot !== pot) wrong(`pot ${line} was ${known.pot} of ${known.fund}, and is ${pot} of ${fund} now`)
    pots.set(line, known)
    return known
  }

  /**
   * Whose đồng lie on stretches, in their order.
   * @param {Pot} pot @param {Stretch[]} stretches @returns {Part[]}
   */
  function ownersOf(pot, stretches) {
    /** @type {Part[]} */
    const parts = []
    for (const [start, end] of stretches) {
      let [low, high] = [0, pot.places]
      while (low < high) {
        const middle = (low + high) >> 1
        if (pot.ends.get(middle) <= start) low = middle + 1
        else high = middle
      }
      for (let from = start; from < end && low < pot.places; low++) {
        const to = least(pot.ends.get(low), end)
        addPart(parts, { gift: pot.owners.get(low), amount: to - from })
        from = to
      }
    }
    return parts
  }

  return {
    pots,
    moving,
    potOf,
    ownersOf,
    /**
     * Money comes to a pot, at the end of it.
     * @param {any} leaf @param {Part[]} parts whose it must be
     */
    arrive(leaf, parts) {
      const amount = sumOf(leaf.amountVnd, 'its amount')
      const pot = potOf(leaf)
      /** @type {Part[]} */
      const laid = []
      for (const one of listOf(leaf.intervals, 'the places on its pot')) {
        const [[start, end] = [0n, 0n]] = stretchesOf([one], 'the places on its pot')
        if (start !== pot.end) wrong('what came is not laid where its pot ended')
        const gift = listOf(one, 'a place on its pot')[2] ?? leaf.gift ?? null
        pot.ends.set(pot.places, end)
        // What is no gift is wrong below, since nothing like it left another pot.
        pot.owners.set(pot.places, NUMBER.test(String(gift)) ? gift : null)
        pot.places += 1
        addPart(laid, { gift, amount: end - start })
        pot.end = end
      }
      const sum = laid.reduce((total, part) => total + part.amount, 0n)
      if (sum !== amount) wrong(`${amount} ₫ came and ${sum} ₫ were laid`)
      if (JSON.stringify(laid, inText) !== JSON.stringify(parts, inText)) wrong('what came is laid as other gifts’ than it was')
      pot.net += amount
      pot.free += amount
    },
    /**
     * Money leaves a pot: đồng that had come, each of them once.
     * @param {any} leaf @param {string | null} gift whose it must be; null where it may be anybody's
     * @returns {Part[]} whose it was
     */
    leave(leaf, gift) {
      const amount = sumOf(leaf.amountVnd, 'its amount')
      const pot = potOf(leaf)
      const taken = stretchesOf(leaf.facts.stretches, 'its stretches')
      for (const [start, end] of taken) {
        if (end > pot.end) wrong('đồng are given that had not come')
        if (!pot.used.take(start, end)) wrong('đồng are given a second time')
      }
      if (lengthOf(taken) !== amount) wrong(`${amount} ₫ are given and ${lengthOf(taken)} ₫ are named`)
      const parts = ownersOf(pot, taken)
      if (gift !== null && parts.some((part) => part.gift !== gift)) wrong('đồng of another gift are given')
      pot.free -= amount
      return parts
    },
    /** @param {any} leaf @param {number} index */
    moveOut(leaf, index) {
      const key = [leaf.fund, leaf.line, countOf(leaf.facts.to, 'where it goes'), leaf.amountVnd].join(' ')
      moving.set(key, [...(moving.get(key) ?? []), { index, parts: this.leave(leaf, null) }])
      potOf(leaf).net -= BigInt(leaf.amountVnd)
    },
    /** @param {any} leaf */
    moveIn(leaf) {
      const key = [leaf.fund, countOf(leaf.facts.from, 'where it comes from'), leaf.line, leaf.amountVnd].join(' ')
      const waiting = moving.get(key) ?? []
      // Two moves of one sum between the same pots may cross: any of them may be the one that comes.
      const laid = listOf(leaf.intervals, 'the places on its pot').map((one) => listOf(one, 'a place on its pot'))
      const isIt = (/** @type {Part[]} */ parts) => parts.length === laid.length && parts.every((part, at) => part.gift === laid[at]?.[2])
      const at = waiting.findIndex(({ parts }) => isIt(parts))
      const [out] = waiting.splice(Math.max(at, 0), 1)
      if (!out) wrong('đồng come from a pot that they did not leave')
      if (waiting.length === 0) moving.delete(key)
      this.arrive(leaf, out?.parts ?? [])
    },
  }
}

/** Adds a part to others; what lies beside đồng of the same gift is one with them. @param {Part[]} parts @param {Part} part */
function addPart(parts, part) {
  const last = parts.at(-1)
  if (last?.gift === part.gift) last.amount += part.amount
  else parts.push(part)
}
/** @param {string} _name @param {unknown} value */
const inText = (_name, value) => (typeof value === 'bigint' ? String(value) : value)

/** So many stretches stand in one block. */
const BLOCK = 1000

/** @typedef {ReturnType<typeof createTaken>} Taken */
/** What was taken of a pot, or of a spend: stretches in order that do not meet, in blocks, since to put one among a million takes long. */
function createTaken() {
  /** @type {Stretch[][]} */
  const blocks = [[]]
  let sum = 0n

  /** Where in some that are in order the first is that begins at a place or after it. @template T @param {T[]} some @param {(one: T) => bigint} startOf @param {bigint} start */
  function firstFrom(some, startOf, start) {
    let [low, high] = [0, some.length]
    while (low < high) {
      const middle = (low + high) >> 1
      const one = some[middle]
      if (one !== undefined && startOf(one) < start) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    sum: () => sum,
    /** Takes [start, end); refuses where some of it was taken. Those side by side become one. @param {bigint} start @param {bigint} end */
    take(start, end) {
      const at = Math.max(0, firstFrom(blocks, ([first]) => first?.[0] ?? start, start) - 1)
      const [block = [], next = []] = blocks.slice(at, at + 2)
      const low = firstFrom(block, ([from]) => from, start)
      const [before, after] = [block[low - 1], block[low] ?? next[0]]
      if ((before && before[1] > start) || (after && after[0] < end)) return false
      sum += end - start
      const [isOn, isUpTo] = [before?.[1] === start, after?.[0] === end]
      if (before && isOn) before[1] = after && isUpTo ? after[1] : end
      else if (after && isUpTo) after[0] = start
      else block.splice(low, 0, [start, end])
      if (isOn && isUpTo) {
        if (low < block.length) block.splice(low, 1)
        else next.shift()
        if (next.length === 0 && at + 1 < blocks.length) blocks.splice(at + 1, 1)
      }
      if (block.length > BLOCK) blocks.splice(at, 1, block.slice(0, BLOCK / 2), block.slice(BLOCK / 2))
      return true
    },
  }
}

// ----------------------------------------------------------------------------------------------------- 3b. gifts

/** @typedef {{ fund: string, account: string, day: string }} OfLine whose line of the bank it is, and of which day */
/** @typedef {{ book: (line: string, gift: string, row: Gift, index: number, of: OfLine) => void, rebook: (line: string, index: number) => void }} Booking */
/** @typedef {Table<Gift>} GiftTable */
/** @typedef {{ gifts: GiftTable, refunds: Map<string, bigint>, failures: Map<string, bigint> }} Gifts */
/** @typedef {{ fund: string, line: number, amount: bigint, nature: string, bankLine: string | null, beside: string | null, stands: boolean, back: bigint, spent: bigint, day: string }} Gift `beside` is another by the same line */

/**
 * Gifts: each number once, off its pot and back on it whole, and never more given back than it was.
 * @param {(what: string) => void} wrong @param {ReturnType<typeof createPots>} pots @param {Booking} bank
 */
function createGifts(wrong, pots, bank) {
  /** @type {GiftTable} */
  const gifts = createTable({
    ...{ fund: oneOfFew(), line: counts(), amount: amounts(), nature: oneOfFew(), bankLine: numbers(), beside: numbers() },
    ...{ stands: oneOfFew(), back: amounts(), spent: amounts(), day: oneOfFew() },
  })
  const codes = createChosen()
  /** What went back under a name, and what of it the donor's bank sent back. @type {Map<string, bigint>} */
  const refunds = new Map()
  /** @type {Map<string, bigint>} */
  const failures = new Map()

  /** @param {any} leaf @returns {Gift} */
  function giftOf(leaf) {
    const gift = gifts.get(numberOf(leaf.gift, 'its gift'))
    if (!gift) throw new Malformed(`there was no gift ${leaf.gift}`)
    if (gift.fund !== leaf.fund) wrong(`gift ${leaf.gift} was of ${gift.fund}`)
    return gift
  }
  /** @param {any} leaf @param {bigint} amount what goes back to the donor of a gift */
  function giveBack(leaf, amount) {
    const gift = giftOf(leaf)
    gift.back += amount
    if (gift.back > gift.amount) wrong(`more goes back than gift ${leaf.gift} was`)
    if (leaf.facts.refund !== undefined) {
      const name = nameOf(leaf.facts.refund, 'the name of its refund')
      refunds.set(name, (refunds.get(name) ?? 0n) + amount)
    }
  }

  return {
    gifts,
    codes,
    refunds,
    failures,
    /** @param {any} leaf @param {number} index @returns {bigint} how much it is */
    come(leaf, index) {
      const id = numberOf(leaf.gift, 'its number')
      const amount = sumOf(leaf.amountVnd, 'its amount')
      if (gifts.get(id)) throw new Malformed(`gift ${id} comes a second time`)
      const isByBank = leaf.facts.via === 'bank'
      if (!isByBank && leaf.facts.via !== 'cash' && leaf.facts.via !== 'card') throw new Malformed('it says not by what it came')
      const bankLine = isByBank ? numberOf(leaf.bankLine, 'its line of the bank') : null
      const day = dayOf(leaf.day, 'its day')
      pots.arrive(leaf, [{ gift: id, amount }])
      const code = leaf.facts.code === undefined ? null : nameOf(leaf.facts.code, 'its code')
      const fresh = { beside: null, stands: true, back: 0n, spent: 0n }
      const gift = gifts.add(id, { ...fresh, fund: leaf.fund, line: leaf.line, amount, nature: leaf.kind, bankLine, day })
      if (code !== null && leaf.kind !== 'interest') codes.add(code, id)
      if (leaf.facts.replaces !== undefined) {
        const former = gifts.get(numberOf(leaf.facts.replaces, 'the gift that it replaces'))
        if (!former || former.stands || former.bankLine !== bankLine)
          wrong(`it stands in the place of gift ${leaf.facts.replaces}, which stands`)
      }
      if (bankLine !== null)
        bank.book(bankLine, id, gift, index, { fund: leaf.fund, account: nameOf(leaf.facts.account, 'its account'), day })
      return amount
    },
    /** Đồng of gifts paid for a spend, or came back of it. @param {Part[]} parts @param {bigint} by 1 or -1 */
    spend(parts, by) {
      for (const { gift: id, amount } of parts) {
        const gift = gifts.get(id)
        if (gift) gift.spent += by * amount
      }
    },
    /** A gift that was placed wrongly, or was none, leaves its pot. @param {any} leaf @param {number} index */
    reverse(leaf, index) {
      const gift = giftOf(leaf)
      if (!gift.stands) wrong(`gift ${leaf.gift} is taken off its pot a second time`)
      if (gift.line !== leaf.line || String(gift.amount) !== leaf.amountVnd) wrong(`gift ${leaf.gift} is taken off otherwise than it came`)
      pots.leave(leaf, leaf.gift)
      pots.potOf(leaf).net -= BigInt(leaf.amountVnd)
      gift.stands = false
      if (gift.bankLine !== null) bank.rebook(gift.bankLine, index)
    },
    /** @param {any} leaf @param {number} index */
    restore(leaf, index) {
      const gift = giftOf(leaf)
      if (gift.stands) wrong(`gift ${leaf.gift} is restored, and was there`)
      if (gift.line !== leaf.line || String(gift.amount) !== leaf.amountVnd) wrong(`gift ${leaf.gift} is restored otherwise than it came`)
      pots.arrive(leaf, [{ gift: leaf.gift, amount: gift.amount }])
      gift.stands = true
      if (gift.bankLine !== null) bank.rebook(gift.bankLine, index)
    },
    /** A refund, or a dispute that was lost: the donor's own đồng leave. @param {any} leaf */
    refund(leaf) {
      giveBack(leaf, sumOf(leaf.amountVnd, 'its amount'))
      pots.leave(leaf, leaf.gift)
      pots.potOf(leaf).net -= BigInt(leaf.amountVnd)
    },
    /** The reserve, and the fund where that is empty, stand in for đồng that were spent. @param {any} leaf */
    standIn(leaf) {
      const covered = amountOf(leaf.facts.coversVnd, 'what it covers')
      const owed = amountOf(leaf.facts.owedByFundVnd, 'what the fund owes')
      const given = leaf.line === undefined ? 0n : sumOf(leaf.amountVnd, 'its amount')
      if (given + owed !== covered) wrong(`${covered} ₫ are covered by ${given} ₫ of the reserve and ${owed} ₫ of the fund`)
      if (leaf.line !== undefined) {
        pots.leave(leaf, null)
        if (leaf.pot !== 'reserve') wrong('what stands in is not of the reserve')
        pots.potOf(leaf).net -= given
      }
      const spent = listOf(leaf.facts.standsInFor, 'what it stands in for').map((one) => listOf(one, 'what it stands in for'))
      if (
        lengthOf(
          stretchesOf(
            spent.map((one) => one.slice(1)),
            'what it stands in for',
          ),
        ) !== covered
      )
        wrong('it stands in for more or less than it covers')
      // What was bought with them is the fund's from now on.
      giftOf(leaf).spent -= covered
      giveBack(leaf, covered)
    },
    /** What was refunded was sent back by the donor's bank. @param {any} leaf */
    fail(leaf) {
      const amount = sumOf(leaf.amountVnd, 'its amount')
      const gift = giftOf(leaf)
      const name = nameOf(leaf.facts.failed, 'the name of the refund')
      if (amount > gift.back) wrong(`more comes back of a refund than went to the donor of gift ${leaf.gift}`)
      gift.back -= amount
      failures.set(name, (failures.get(name) ?? 0n) + amount)
      if (leaf.line !== undefined) return pots.arrive(leaf, [{ gift: leaf.gift, amount }])
      // What the fund had stood in for lies on no pot: what it bought is the donor's again.
      const back = listOf(leaf.facts.handsBack, 'what it hands back').map((one) => listOf(one, 'what it hands back').slice(1))
      gift.spent += lengthOf(stretchesOf(back, 'what it hands back'))
    },
  }
}

/**
 * Some codes of gifts by chance, with the gifts that came by them. All are known only at the end and are not kept until then:
 * chosen are those whose hash with a secret of this run is least, which may be any of them.
 */
function createChosen() {
  const secret = randomBytes(32)
  /** The least first; more than are looked at, since of some every gift may be taken back. @type {{ code: string, digest: Buffer, gifts: string[] }[]} */
  let chosen = []
  return {
    /** @param {string} code @param {string} gift */
    add(code, gift) {
      const digest = sha256(secret, Buffer.from(code))
      const last = chosen.at(-1)
      if (last && chosen.length === 4 * SAMPLE && digest.compare(last.digest) > 0) return
      const known = chosen.find((one) => one.code === code)
      if (known) return void known.gifts.push(gift)
      const before = chosen.filter((one) => one.digest.compare(digest) < 0)
      chosen = [...before, { code, digest, gifts: [gift] }, ...chosen.slice(before.length)].slice(0, 4 * SAMPLE)
    },
    all: () => chosen,
  }
}

// -------------------------------------------------------------------------------------- 3c. lines and days of the bank

/** What a line that came in may be, and one that went out; a payout of Stripe's is one or the other. */
const CLASSES = {
  in: new Set([
    ...['gift', 'unplaced', 'to_return', 'interest', 'budget_repayment', 'cash_banked', 'refund_returned', 'supplier_refund'],
    ...['advance_returned', 'own_transfer', 'not_ours', 'payout', 'waiting'],
  ]),
  out: new Set(['fee', 'refund', 'spend', 'advance', 'own_transfer', 'not_ours', 'payout', 'waiting']),
}
const OF_GIFTS = new Set(['gift', 'unplaced', 'to_return', 'interest'])
const PAIRED = new Set(['own_transfer', 'not_ours'])
/** After so many days a line should be on a statement. */
const UNSTATED_DAYS = 10

/** What is one thing, and may be only as many lines as there are of it. */
const COUNTED = new Set(['refund', 'refund_returned', 'spend', 'supplier_refund', 'advance', 'advance_returned'])

/** @typedef {{ fund: string, account: string, day: string, lastGift: string | null, changedAt: number, toldAt: number, class: string | null, direction: string, amount: bigint, named: string | null, closedOn: string | null }} BankLine `lastGift` is the last that came by it, and `named` the one that it is called, where it is one */
/** @typedef {{ in: bigint, out: bigint, isAlone: boolean }} Close what a day was closed with, and whether that is its own lines alone */
/** @typedef {{ fund: string, day: string, closing: bigint | null, days: Map<string, Close> }} Account */

/**
 * Lines of the bank: each is one thing, of one sum, and what it is said to be is there; each closed day is its lines.
 * @param {(what: string) => void} wrong
 */
function createBank(wrong) {
  /** @type {Table<BankLine>} */
  const lines = createTable({
    ...{ fund: oneOfFew(), account: oneOfFew(), day: oneOfFew(), lastGift: numbers(), changedAt: counts(), toldAt: counts() },
    ...{ class: oneOfFew(), direction: oneOfFew(), amount: amounts(), named: numbers(), closedOn: oneOfFew() },
  })
  /** What lines went to or came from, where that is not one gift. @type {Map<string, any>} */
  const targets = new Map()
  /** @type {Map<string, Account>} */
  const accounts = new Map()
  /** How many lines are one and the same thing, by what it is. @type {Map<string, number>} */
  const matched = new Map()
  const told = { classified: 0, closes: 0, gaps: 0 }

  /** @param {string} number @param {OfLine} of @returns {BankLine} */
  function lineOf(number, { fund, account, day }) {
    const fresh = { lastGift: null, changedAt: 0, toldAt: 0, class: null, direction: '', amount: 0n, named: null, closedOn: null }
    const known = lines.get(number) ?? lines.add(number, { fund, account, day, ...fresh })
    if (known.fund !== fund || known.account !== account) wrong(`line ${number} of the bank was of ${known.account}, and is of ${account}`)
    return known
  }
  /** @param {string} name @param {string} fund */
  function accountOf(name, fund) {
    const known = accounts.get(name) ?? { fund, day: '', closing: null, days: new Map() }
    if (known.fund !== fund) wrong(`the account ${name} was of ${known.fund}, and is of ${fund}`)
    accounts.set(name, known)
    return known
  }
  /** What a line went to or came from. @param {string} number @param {BankLine} line */
  const targetOf = (number, line) => (line.named === null ? (targets.get(number) ?? null) : { gifts: [line.named] })
  /** @param {string} number @param {BankLine} line @param {any} target */
  function setTarget(number, line, target) {
    const [gift, ...others] = OF_GIFTS.has(line.class ?? '') && Array.isArray(target?.gifts) ? target.gifts : []
    line.named = others.length === 0 && NUMBER.test(gift) ? gift : null
    if (line.named !== null || target === null) targets.delete(number)
    else targets.set(number, target)
  }
  /** Counts what a line is said to be, where that is one thing: "spend 8 100000". @param {string} number @param {BankLine} line @param {number} by */
  function match(number, line, by) {
    if (!COUNTED.has(line.class ?? '')) return 0
    const target = targetOf(number, line)
    const key = [line.class, target?.refund ?? target?.spend ?? target?.advance, line.amount].join(' ')
    matched.set(key, (matched.get(key) ?? 0) + by)
    return matched.get(key) ?? 0
  }

  return {
    accounts,
    told,
    /** A gift came by a line. @param {string} number @param {string} gift @param {Gift} row @param {number} index @param {OfLine} of */
    book(number, gift, row, index, of) {
      const line = lineOf(number, of)
      row.beside = line.lastGift
      line.lastGift = gift
      line.changedAt = index
    },
    /** A gift that came by a line was taken back, or stands again. @param {string} number @param {number} index */
    rebook(number, index) {
      const line = lines.get(number)
      if (line) line.changedAt = index
    },
    /**
     * An entry says what a line is: the last one counts.
     * @returns {bigint} how much it is
     * @param {any} leaf @param {number} index @param {Gifts} gifts @param {{ payments: Map<string, number> }} spends
     */
    classify({ fund, day, amountVnd, facts }, index, gifts, spends) {
      const number = numberOf(facts.line, 'its line of the bank')
      const amount = sumOf(amountVnd, 'its amount')
      const account = nameOf(facts.account, 'its account')
      accountOf(account, fund)
      const line = lineOf(number, { fund, account, day: dayOf(day, 'its day') })
      if (facts.direction !== 'in' && facts.direction !== 'out') throw new Malformed('it says neither in nor out')
      const is = nameOf(facts.class, 'its class')
      if (!CLASSES.in.has(is) && !CLASSES.out.has(is)) {
        notChecked(`entry ${index}: "${is}" is no class of lines that this program knows`)
        return amount
      }
      if (!CLASSES[facts.direction === 'in' ? 'in' : 'out'].has(is)) wrong(`line ${number} goes ${facts.direction}, and is ${is}`)
      if (line.class !== null && (line.amount !== amount || line.direction !== facts.direction))
        wrong(`line ${number} was ${line.amount} ₫ ${line.direction}, and is ${amount} ₫ ${facts.direction} now`)
      if (line.class !== null) match(number, line, -1)
      if (facts.corrects !== undefined && facts.corrects !== line.closedOn) wrong(`line ${number} was not closed on ${facts.corrects}`)
      const target = facts.target ?? null
      Object.assign(line, { direction: facts.direction, amount, class: is, day, toldAt: index })
      setTarget(number, line, target)
      const times = match(number, line, 1)
      told.classified += 1
      if (OF_GIFTS.has(is)) {
        const named = listOf(target?.gifts, 'the gifts of a line').map((one) => numberOf(one, 'a gift of a line'))
        const what = giftsFault(line, named, gifts.gifts)
        if (what !== null) wrong(`line ${number} of ${amount} ₫ is ${is}, and ${what}`)
      } else if (is !== 'waiting' && standing(line, gifts.gifts).size > 0)
        wrong(`line ${number} is ${is}, and stands as gift ${[...standing(line, gifts.gifts)].join(', ')}`)
      const refund = target?.refund
      if (is === 'refund' && (gifts.refunds.get(refund) !== amount || times > 1)) wrong(`line ${number} is a refund that is not there`)
      if (is === 'refund_returned' && (gifts.failures.get(refund) !== amount || times > 1))
        wrong(`line ${number} is a refund that did not come back`)
      const paid = spends.payments.get([is, target?.spend ?? target?.advance, amount].join(' ')) ?? 0
      if (COUNTED.has(is) && !is.startsWith('refund') && times > paid)
        wrong(`line ${number} of ${amount} ₫ is ${is}, and no entry says of such a payment`)
      return amount
    },
    /** A day was closed: the bank's balances, and the lines that lead from one to the other. @param {any} leaf @param {number} index */
    close({ fund, day: closedDay, facts }, index) {
      const name = nameOf(facts.account, 'its account')
      const account = accountOf(name, fund)
      const day = dayOf(closedDay, 'its day')
      const opening = balanceOf(facts.openingVnd, 'its opening balance')
      const closing = balanceOf(facts.closingVnd, 'its closing balance')
      const [inVnd, outVnd] = [amountOf(facts.inVnd, 'what came in'), amountOf(facts.outVnd, 'what went out')]
      const [linesIn, linesOut] = [countOf(facts.linesIn, 'its lines in'), countOf(facts.linesOut, 'its lines out')]
      told.closes += 1
      if (opening + inVnd - outVnd !== closing) wrong(`${day} of ${name} does not add up`)
      if (account.closing !== null && account.closing !== opening)
        wrong(`${day} of ${name} does not open with what the day before closed with`)
      if (day <= account.day) wrong(`${day} of ${name} is closed after ${account.day}`)
      if (account.day !== '' && daysBetween(account.day, day) > 1) told.gaps += 1
      // The first day counts what lies before it, and each later one what came late of days before.
      const lateLines = countOf(facts.lateLines, 'its late lines')
      const late = listOf(facts.late, 'its late lines').map((one) => listOf(one, 'a late line')[1])
      for (const [earlier, close] of lateLines > 0 ? account.days : [])
        if (lateLines > late.length || late.includes(earlier)) close.isAlone = false
      account.days.set(day, { in: inVnd, out: outVnd, isAlone: lateLines === 0 && account.closing !== null })
      account.closing = closing
      account.day = day
      if (facts.lines === undefined) return notChecked(`entry ${index}: ${day} of ${name} is closed without naming its lines`)
      const sums = { in: 0n, out: 0n, linesIn: 0, linesOut: 0 }
      for (const [from, to] of stretchesOf(facts.lines, 'its lines')) {
        if (to - from > BigInt(linesIn + linesOut)) throw new Malformed('it names more lines than it counts')
        for (let number = from; number < to; number++) {
          const line = lines.get(String(number))
          if (!line || line.class === null || line.class === 'waiting') {
            wrong(`${day} of ${name} is closed with line ${number}, of which the log does not say what it is`)
            continue
          }
          if (line.account !== name) wrong(`${day} of ${name} is closed with line ${number}, which is of ${line.account}`)
          if (line.closedOn !== null) wrong(`${day} of ${name} is closed with line ${number}, which ${line.closedOn} was closed with`)
          line.closedOn = day
          sums[line.direction === 'in' ? 'in' : 'out'] += line.amount
          sums[line.direction === 'in' ? 'linesIn' : 'linesOut'] += 1
        }
      }
      if (sums.in !== inVnd || sums.out !== outVnd || sums.linesIn !== linesIn || sums.linesOut !== linesOut)
        wrong(`${day} of ${name} is closed with ${inVnd} ₫ in and ${outVnd} ₫ out, and its lines come to ${sums.in} and ${sums.out}`)
    },
    /** What accounts closed a day with. @param {string} day @returns {[account: string, close: Close][]} */
    closesOf: (day) =>
      [...accounts].flatMap(([name, { days }]) => {
        const close = days.get(day)
        return close ? [/** @type {[string, Close]} */ ([name, close])] : []
      }),
    /** How many payments of spends no line of a bank is yet. @param {Map<string, number>} payments */
    unmatched: (payments) =>
      [...payments].reduce((sum, [key, times]) => sum + (key.startsWith('spend ') ? Math.max(0, times - (matched.get(key) ?? 0)) : 0), 0),
    /** What the end of the log leaves to be said of lines. @param {number} size @param {GiftTable} gifts */
    end(size, gifts) {
      const unstated = { count: 0, amount: 0n, oldest: '', overdue: 0 }
      const uncounted = { count: 0, amount: 0n, overdue: 0 }
      for (const [number, line] of lines.all()) {
        const { class: is, toldAt, changedAt } = line
        const target = targetOf(number, line)
        const closedUntil = accounts.get(line.account)?.day ?? ''
        const isOverdue = closedUntil !== '' && daysBetween(line.day, closedUntil) > UNSTATED_DAYS
        if (is === null) {
          const stands = standing(line, gifts)
          for (const id of stands) unstated.amount += gifts.get(id)?.amount ?? 0n
          unstated.count += stands.size
          if (stands.size > 0 && (unstated.oldest === '' || line.day < unstated.oldest)) unstated.oldest = line.day
          if (isOverdue) unstated.overdue += stands.size
          continue
        }
        if (line.closedOn === null && is !== 'waiting' && closedUntil >= line.day) {
          uncounted.count += 1
          uncounted.amount += line.amount
          if (isOverdue) uncounted.overdue += 1
        }
        if (OF_GIFTS.has(is) && changedAt > toldAt) {
          const what = giftsFault(line, Array.isArray(target?.gifts) ? target.gifts : [], gifts)
          if (what !== null) leftOpen(size, changedAt, `line ${number} of ${line.amount} ₫ is ${is}, and ${what} now`)
        } else if (!OF_GIFTS.has(is) && is !== 'waiting' && standing(line, gifts).size > 0)
          leftOpen(size, changedAt, `line ${number} is ${is}, and stands as gift ${[...standing(line, gifts)].join(', ')}`)
        if (PAIRED.has(is)) {
          const other = lines.get(target?.line)
          const isPair = other?.class === is && targetOf(target.line, other)?.line === number && other.amount === line.amount
          if (!isPair || other.direction === line.direction)
            leftOpen(size, toldAt, `line ${number} is ${is}, and line ${target?.line} is not its other leg`)
        }
      }
      return { unstated, uncounted }
    },
  }
}

/** The gifts that came by a line and were not taken back. @param {BankLine} line @param {GiftTable} gifts @returns {Set<string>} */
function standing(line, gifts) {
  /** @type {Set<string>} */
  const found = new Set()
  for (let id = line.lastGift, gift = gifts.get(id); id !== null && gift; id = gift.beside, gift = gifts.get(id))
    if (gift.stands) found.add(id)
  return found
}

/**
 * What is wrong with what a line is said to have brought: null where its gifts are there and come to it.
 * @param {BankLine} line @param {string[]} named @param {GiftTable} gifts @returns {string | null}
 */
function giftsFault(line, named, gifts) {
  const stands = standing(line, gifts)
  if (named.length !== stands.size || named.some((id) => !stands.has(id)))
    return `names gift ${named.join(', ')}, and stands as ${[...stands].join(', ') || 'none'}`
  let sum = 0n
  for (const id of named) {
    const gift = gifts.get(id)
    sum += gift?.amount ?? 0n
    if (gift && (gift.nature === 'interest') !== (line.class === 'interest')) return `gift ${id} is ${gift.nature}`
  }
  return sum === line.amount ? null : `its gifts come to ${sum} ₫`
}

/** @param {string} from @param {string} to days, as in "2026-11-28" */
const daysBetween = (from, to) => (Date.parse(to) - Date.parse(from)) / 86_400_000

// ---------------------------------------------------------------------------------------------------- 3d. spends

/** @typedef {{ fund: string, line: number, amount: bigint, state: 'requested' | 'approved' | 'ended', items: number, paid: bigint, back: Taken, laid: { at: bigint, stretch: Stretch }[], handed: Map<number, number>, isPartlyTold: boolean }} Spend */
/** @typedef {{ low: bigint, high: bigint }} Between a sum of which the log says no more than between what it lies */

/**
 * Spends: asked for, approved, paid by đồng that are there, never more than was approved; handed over only where paid.
 * @param {(what: string) => void} wrong @param {ReturnType<typeof createPots>} pots @param {ReturnType<typeof createGifts>} gifts
 */
function createSpends(wrong, pots, gifts) {
  /** @type {Map<string, Spend>} */
  const spends = new Map()
  /** @type {Map<string, { given: bigint, out: bigint }>} */
  const advances = new Map()
  /** What a line of the bank may be, and how often: "spend 8 100000". @type {Map<string, number>} */
  const payments = new Map()

  /** @param {any} leaf @param {Spend['state'][]} states @returns {Spend} */
  function spendOf(leaf, states) {
    const id = numberOf(leaf.facts.spend, 'its spend')
    const spend = spends.get(id)
    if (!spend) throw new Malformed(`spend ${id} was never asked for`)
    if (!states.includes(spend.state)) wrong(`spend ${id} is ${spend.state}`)
    if (spend.fund !== leaf.fund || spend.line !== leaf.line) wrong(`spend ${id} was of pot ${spend.line} of ${spend.fund}`)
    return spend
  }
  /** @param {string} what @param {unknown} of @param {bigint} amount @param {number} by */
  function pay(what, of, amount, by) {
    const key = [what, of, amount].join(' ')
    payments.set(key, (payments.get(key) ?? 0) + by)
  }
  /** The units of a spend that are told to be handed over. @param {Spend} spend */
  const unitsOf = ({ handed }) => BigInt([...handed.values()].reduce((sum, units) => sum + units, 0))
  /** Ends a promise: what was not paid of it is free again. @param {any} leaf @param {Spend} spend */
  function release(leaf, spend) {
    pots.potOf(leaf).promised -= spend.amount - spend.paid
    spend.state = 'ended'
  }

  return {
    spends,
    payments,
    /** What spends come to, by their numbers: asked for, paid and kept, paid back, not paid. */
    told: () =>
      new Map(
        [...spends].map(([id, { line, amount, paid, back }]) => [
          id,
          { line, asked: amount, paid: paid - back.sum(), back: back.sum(), unpaid: amount - paid },
        ]),
      ),
    /** @param {any} leaf */
    request(leaf) {
      const id = numberOf(leaf.facts.spend, 'its spend')
      const amount = sumOf(leaf.amountVnd, 'its amount')
      if (spends.has(id)) return wrong(`spend ${id} is asked for a second time`)
      pots.potOf(leaf)
      const items = countOf(leaf.facts.items, 'its items')
      const fresh = { paid: 0n, back: createTaken(), laid: [], handed: new Map(), isPartlyTold: false }
      spends.set(id, { fund: leaf.fund, line: leaf.line, amount, state: 'requested', items, ...fresh })
    },
    /** @param {any} leaf */
    approve(leaf) {
      const spend = spendOf(leaf, ['requested'])
      if (String(spend.amount) !== leaf.amountVnd) wrong(`${spend.amount} ₫ were asked for, and ${leaf.amountVnd} ₫ are approved`)
      const replaced = leaf.facts.replaces === undefined ? undefined : spends.get(numberOf(leaf.facts.replaces, 'what it replaces'))
      if (leaf.facts.replaces !== undefined && replaced?.state !== 'approved') wrong(`spend ${leaf.facts.replaces} can't be replaced`)
      const pot = pots.potOf(leaf)
      pot.promised += spend.amount
      if (replaced?.state === 'approved') release(leaf, replaced)
      if (pot.promised > pot.free) wrong(`more is promised of pot ${leaf.line} than is there`)
      spend.state = 'approved'
    },
    /** @param {any} leaf */
    reject(leaf) {
      spendOf(leaf, ['requested']).state = 'ended'
    },
    /** @param {any} leaf */
    pay(leaf) {
      const spend = spendOf(leaf, ['approved'])
      const amount = sumOf(leaf.amountVnd, 'its amount')
      if (amountOf(leaf.facts.fromVnd, 'where it begins') !== spend.paid) wrong('it does not go on where the spend was paid')
      if (spend.paid + amount > spend.amount) wrong(`more is paid than the ${spend.amount} ₫ that were approved`)
      gifts.spend(pots.leave(leaf, null), 1n)
      const pot = pots.potOf(leaf)
      pot.spent += amount
      pot.promised -= amount
      let at = spend.paid
      for (const stretch of stretchesOf(leaf.facts.stretches, 'its stretches')) {
        spend.laid.push({ at, stretch })
        at += stretch[1] - stretch[0]
      }
      spend.paid += amount
      if (leaf.facts.advance === undefined) return pay('spend', leaf.facts.spend, amount, 1)
      const advance = advances.get(numberOf(leaf.facts.advance, 'its advance'))
      if (!advance || advance.out < amount) return wrong('more of an advance is settled than was handed out')
      advance.out -= amount
    },
    /** A supplier paid back: đồng of the spend lie at the end of their pot anew, still their donors'. @param {any} leaf */
    takeBack(leaf) {
      const spend = spendOf(leaf, ['approved'])
      const amount = sumOf(leaf.amountVnd, 'its amount')
      const [from, to] = [amountOf(leaf.facts.fromVnd, 'where it begins'), amountOf(leaf.facts.toVnd, 'where it ends')]
      if (to - from !== amount) wrong(`${amount} ₫ come back, of ${to - from} ₫`)
      if (to > spend.paid) wrong('more comes back than was paid')
      if (from >= to || !spend.back.take(from, to)) wrong('it comes back a second time')
      const pot = pots.potOf(leaf)
      const stretches = spend.laid.flatMap(({ at, stretch: [start, end] }) => {
        const [first, last] = [start + (from > at ? from - at : 0n), to - at < end - start ? start + to - at : end]
        return first < last ? [/** @type {Stretch} */ ([first, last])] : []
      })
      const parts = pots.ownersOf(pot, stretches)
      pots.arrive(leaf, parts)
      gifts.spend(parts, -1n)
      pot.net -= amount
      pot.spent -= amount
      pay('supplier_refund', leaf.facts.spend, amount, 1)
    },
    /** @param {any} leaf */
    settle(leaf) {
      const spend = spendOf(leaf, ['approved'])
      if (amountOf(leaf.facts.paidVnd, 'what was paid') !== spend.paid)
        wrong(`${spend.paid} ₫ were paid, and ${leaf.facts.paidVnd} ₫ are told`)
      release(leaf, spend)
    },
    /** @param {any} leaf */
    cancel(leaf) {
      // One in whose place another was approved has ended with that.
      if (leaf.facts.replacedBy !== undefined) return void spendOf(leaf, ['ended'])
      const spend = spendOf(leaf, ['approved'])
      if (spend.back.sum() !== spend.paid) wrong('it is cancelled, and what was paid did not come back')
      release(leaf, spend)
    },
    /** What a buyer was handed, or brought back, or one of them taken back. @param {any} leaf */
    advance(leaf) {
      const amount = sumOf(leaf.amountVnd, 'its amount')
      const id = numberOf(leaf.facts.advance, 'its advance')
      const advance = advances.get(id) ?? { given: 0n, out: 0n }
      advances.set(id, advance)
      const { corrects } = leaf.facts
      if (leaf.kind === 'advance_corrected' && corrects !== 'given' && corrects !== 'returned')
        throw new Malformed('it says not what it corrects')
      spendOf(leaf, leaf.kind === 'advance_given' ? ['approved'] : ['approved', 'ended'])
      const isGiven = leaf.kind === 'advance_given' || corrects === 'given'
      const by = leaf.kind === 'advance_corrected' ? -1n : 1n
      pay(isGiven ? 'advance' : 'advance_returned', id, amount, Number(by))
      if (isGiven) advance.given += by * amount
      advance.out += (isGiven ? by : -by) * amount
      if (advance.out < 0n || advance.out > advance.given) wrong(`more or less of advance ${id} is out than was handed out`)
    },
    /** @param {any} leaf */
    handOver(leaf) {
      const spend = spendOf(leaf, ['approved'])
      if (spend.paid === 0n) wrong(`units of spend ${leaf.facts.spend} are handed over, and nothing of it was paid`)
      // Of fewer than five children the units are not told, nor are those of later deliveries of their spend.
      if (leaf.facts.units === undefined) return void (spend.isPartlyTold = true)
      for (const unit of /** @type {any[]} */ (listOf(leaf.facts.units, 'its units'))) {
        const position = countOf(unit.position, 'its units')
        const before = spend.handed.get(position) ?? 0
        // How many; entries of before tell which.
        const [from, to] =
          unit.units === undefined
            ? [countOf(unit.fromUnit, 'its units'), countOf(unit.toUnit, 'its units')]
            : [before, before + countOf(unit.units, 'its units')]
        if (position >= spend.items || from >= to) wrong('units are handed over that were not bought')
        if (from < before || (from > before && !spend.isPartlyTold)) wrong('units are handed over a second time, or left out')
        spend.handed.set(position, to)
      }
      if (unitsOf(spend) > spend.paid) wrong('more units are handed over than đồng were paid')
    },
    /**
     * What was handed over of what spends bought, in đồng, by the pots that paid. What a unit costs is not told, since it would say
     * how many went to few children: it is a đồng or more for each that is told, and no more than was paid.
     */
    delivered() {
      /** @type {Map<number, Between>} */
      const sums = new Map()
      for (const spend of spends.values()) {
        // Where a part went to few children, pages tell none of it: by what they tell of the others, it could be worked out.
        if (spend.isPartlyTold) continue
        const sum = sums.get(spend.line) ?? { low: 0n, high: 0n }
        const high = spend.handed.size > 0 ? spend.paid : 0n
        sums.set(spend.line, { low: sum.low + unitsOf(spend), high: sum.high + high })
      }
      return sums
    },
  }
}

// ----------------------------------------------------------------------------------------------------- 3e. goods

/** Goods lie one after another on their pots, and are taken back once and whole. @param {(what: string) => void} wrong @param {ReturnType<typeof createPots>} pots */
function createGoods(wrong, pots) {
  /** @type {Map<string, { line: number, units: bigint, stretches: string, stands: boolean }>} */
  const goods = new Map()
  const counts = { goods: 0, back: 0 }
  return {
    counts,
    /** @param {any} leaf */
    come(leaf) {
      const [number, units, pot] = [numberOf(leaf.goods, 'its number'), sumOf(leaf.units, 'its units'), pots.potOf(leaf)]
      const laid = stretchesOf(leaf.intervals, 'the places on its pot')
      if (goods.has(number)) wrong('the same goods come a second time')
      if (laid.length !== 1 || laid[0]?.[0] !== pot.end || laid[0][1] !== pot.end + units) wrong('goods are not laid where their pot ended')
      pot.end += units
      goods.set(number, { line: leaf.line, units, stretches: JSON.stringify(leaf.intervals), stands: true })
      counts.goods += 1
    },
    /** @param {any} leaf */
    takeBack(leaf) {
      const came = goods.get(numberOf(leaf.goods, 'its number'))
      if (!came?.stands) return wrong('goods are taken back that did not come, or a second time')
      const isSame =
        came.line === leaf.line && came.units === sumOf(leaf.units, 'its units') && came.stretches === JSON.stringify(leaf.facts.stretches)
      if (!isSame) wrong('other goods are taken back than came')
      came.stands = false
      counts.back += 1
    },
  }
}

// ------------------------------------------------------------------------------------------------- 3f. campaigns

/** @typedef {{ slug: string, commune: string, category: string, schoolYear: number, year: string }} Place a campaign: whose need it is for, and the year in which it was opened */
/** @typedef {Place & { line: number, fund: string, net: bigint, spent: bigint, delivered: Between }} Campaign a campaign, and what the log comes to of it */

/** Campaigns: each has a pot, and is for one need. @param {(what: string) => void} wrong */
function createCampaigns(wrong) {
  /** Addresses of their pages, by their pots. @type {Map<number, string>} */
  const slugs = new Map()
  /** @type {Map<number, Omit<Place, 'slug'>>} */
  const places = new Map()
  return {
    /** @param {any} leaf */
    come({ line, facts }) {
      if (line === undefined) return
      slugs.set(line, nameOf(facts.campaign, 'its campaign'))
      // An earlier form of such entries did not say it.
      if (facts.commune === undefined) return
      const place = {
        commune: nameOf(facts.commune, 'its commune'),
        category: nameOf(facts.category, 'its need'),
        schoolYear: countOf(facts.schoolYear, 'its school year'),
        year: dayOf(facts.opensOn, 'the day on which it opens').slice(0, 4),
      }
      const known = places.get(line) ?? place
      if (JSON.stringify(known) !== JSON.stringify(place))
        wrong(`the campaign of pot ${line} was for ${Object.values(known).join(' ')}, and is for ${Object.values(place).join(' ')} now`)
      places.set(line, place)
    },
    /** @param {any} leaf */
    change: ({ line, facts }) => void (facts.change === 'renamed' && slugs.set(line, nameOf(facts.to, 'its address'))),
    /**
     * All of them with their sums; those of which it is not told whose need they are for have none.
     * @param {Map<number, Pot>} pots @param {Map<number, Between>} delivered @returns {(Omit<Campaign, keyof Place> & { slug: string, place: Omit<Place, 'slug'> | null })[]}
     */
    told: (pots, delivered) =>
      [...slugs].map(([line, slug]) => {
        const { fund = '', net = 0n, spent = 0n } = pots.get(line) ?? {}
        return { slug, line, fund, net, spent, delivered: delivered.get(line) ?? { low: 0n, high: 0n }, place: places.get(line) ?? null }
      }),
  }
}

// ----------------------------------------------------------------------------------------------- 3g. all of them

/**
 * Follows what the entries say, one by one.
 * @param {(index: number, name: string) => Promise<Buffer>} getList what stands in an entry only as its hash
 */
function createBooks(getList) {
  let index = 0
  const before = faults
  /** @param {string} what */
  const wrong = (what) => fault(`entry ${index}: ${what}`)
  const pots = createPots(wrong)
  const bank = createBank(wrong)
  const gifts = createGifts(wrong, pots, bank)
  const spends = createSpends(wrong, pots, gifts)
  const goods = createGoods(wrong, pots)
  const campaigns = createCampaigns(wrong)
  /** @type {Map<string, number>} */
  const unknown = new Map()
  /** What gifts and lines of the bank come to, by their entries. */
  const sums = amounts()
  let newest = ''

  /** What each kind does. @type {Record<string, (leaf: any) => unknown>} */
  const acts = {
    donation: (leaf) => sums.set(index, gifts.come(leaf, index)),
    interest: (leaf) => sums.set(index, gifts.come(leaf, index)),
    donation_reversed: (leaf) => gifts.reverse(leaf, index),
    donation_restored: (leaf) => gifts.restore(leaf, index),
    refund: gifts.refund,
    dispute_lost: gifts.refund,
    reserve_used: gifts.standIn,
    refund_failed: gifts.fail,
    transfer_out: (leaf) => pots.moveOut(leaf, index),
    transfer_in: (leaf) => pots.moveIn(leaf),
    spend_requested: spends.request,
    spend_approved: spends.approve,
    spend_rejected: spends.reject,
    spend_paid: spends.pay,
    spend_refunded: spends.takeBack,
    spend_settled: spends.settle,
    spend_cancelled: spends.cancel,
    advance_given: spends.advance,
    advance_returned: spends.advance,
    advance_corrected: spends.advance,
    delivery: spends.handOver,
    goods_received: goods.come,
    goods_reversed: goods.takeBack,
    line_classified: (leaf) => sums.set(index, bank.classify(leaf, index, gifts, spends)),
    day_closed: (leaf) => bank.close(leaf, index),
    campaign_state: campaigns.come,
    campaign_changed: campaigns.change,
  }

  /** An entry with the lists that it names by their hashes. @param {any} leaf */
  async function whole(leaf) {
    if (![leaf.intervals, leaf.facts, ...Object.values(leaf.facts)].some(isHash)) return leaf
    const facts = await listed(leaf.facts, 'facts')
    const named = await Promise.all(Object.entries(facts).map(async ([name, value]) => [name, await listed(value, name)]))
    return { ...leaf, intervals: await listed(leaf.intervals, 'intervals'), facts: Object.fromEntries(named) }
  }
  /** @param {any} value @param {string} name */
  async function listed(value, name) {
    if (!isHash(value)) return value
    const bytes = await getList(index, name)
    if (sha256(bytes).toString('hex') !== value.sha256) throw new Malformed(`its ${name} are not those whose hash it has`)
    return JSON.parse(bytes.toString('utf8'))
  }

  /** Sums of funds: what they received, and what of it was paid. */
  function sumsOfFunds() {
    /** @type {Map<string, { net: bigint, spent: bigint }>} */
    const funds = new Map()
    for (const { fund, net, spent } of pots.pots.values()) {
      const sum = funds.get(fund) ?? { net: 0n, spent: 0n }
      funds.set(fund, { net: sum.net + net, spent: sum.spent + spent })
    }
    return funds
  }

  return {
    closesOf: bank.closesOf,
    /** What pages must show. */
    sums() {
      /** @type {Map<string, bigint>} */
      const days = new Map()
      for (const [, { nature, stands, day, amount }] of gifts.gifts.all())
        if (nature !== 'interest' && stands) days.set(day, (days.get(day) ?? 0n) + amount)
      const codes = gifts.codes.all().flatMap(({ code, gifts: own }) => {
        const stand = own.flatMap((id) => gifts.gifts.get(id) ?? []).filter((gift) => gift.stands)
        const [received, spent] = [stand.reduce((sum, { amount }) => sum + amount, 0n), stand.reduce((sum, gift) => sum + gift.spent, 0n)]
        return stand.length === 0 ? [] : [{ code, sums: { received, spent } }]
      })
      return { campaigns: campaigns.told(pots.pots, spends.delivered()), funds: sumsOfFunds(), days, codes, spends: spends.told() }
    },
    /** What an entry says that a file of the statement names; an amount only of gifts and lines of the bank. @param {number} at */
    rowOf(at) {
      if (!(at >= 0 && at <= index)) return Number.isSafeInteger(at) && at > index ? 'later' : null
      return { amount: sums.get(at) || null }
    },
    /** @param {Buffer} entry @param {number} at */
    async read(entry, at) {
      index = at
      try {
        const leaf = parse(entry)
        if (leaf.v !== 1) return wrong('it is of a later form: download this program anew')
        if (typeof leaf.facts !== 'object' || leaf.facts === null) throw new Malformed('it has no facts')
        const kind = nameOf(leaf.kind, 'its kind')
        const day = dayOf(leaf.day, 'its day')
        if (day > newest) newest = day
        if (!Object.hasOwn(acts, kind) && !MOVES_NOTHING.has(kind)) unknown.set(kind, (unknown.get(kind) ?? 0) + 1)
        acts[kind]?.(await whole(leaf))
      } catch (error) {
        if (error instanceof Malformed || error instanceof Stop || error instanceof SyntaxError || error instanceof TypeError)
          wrong(error.message)
        else throw error
      }
    },
    /** Says what all entries together come to, and what they leave open. @param {number} size */
    end(size) {
      for (const [kind, count] of unknown) notChecked(`${count} entries are of the kind "${kind}", which this program does not know`)
      for (const [key, outs] of pots.moving) {
        const [, from, to, amount] = key.split(' ')
        for (const { index: out } of outs) leftOpen(size, out, `${amount} ₫ left pot ${from} for pot ${to}, and did not come there`)
      }
      const { unstated, uncounted } = bank.end(size, gifts.gifts)
      const { classified, closes, gaps } = bank.told
      done(
        before,
        `${gifts.gifts.size()} gifts, ${classified} facts about lines of the bank, ${closes} closed days of ${bank.accounts.size} accounts`,
      )
      done(before, `${spends.spends.size} spends: none is paid but what was asked for and approved, and by đồng that were there`)
      if (goods.counts.goods > 0)
        done(before, `${goods.counts.goods} receipts of goods lie one after another, ${goods.counts.back} of them were taken back`)
      if (newest !== '') say(`-      the newest entry is of ${newest}: what happened since is not among what was checked`)
      if (unstated.count > 0)
        say(
          `-      ${unstated.count} gifts of ${written(unstated.amount)} ₫ came by lines of a bank that no closed day has yet, since ${unstated.oldest}`,
        )
      if (unstated.overdue > 0) notChecked(`${unstated.overdue} of them should be on a statement: later days of their accounts are closed`)
      if (uncounted.count > 0)
        say(
          `-      ${uncounted.count} lines of banks, of ${written(uncounted.amount)} ₫, are told and in no closed day, though their days are closed`,
        )
      if (uncounted.overdue > 0) notChecked(`${uncounted.overdue} of them are in none for ${UNSTATED_DAYS} days and more`)
      if (gaps > 0)
        say(`-      ${gaps} times a day is closed that is not the next: of those between, the log says only that the balance went on`)
      const unmatched = bank.unmatched(spends.payments)
      if (unmatched > 0) say(`-      ${unmatched} payments of spends have no line of a bank yet`)
      for (const [fund, { net, spent }] of sumsOfFunds())
        done(before, `${fund}: ${written(net)} ₫ received, ${written(spent)} ₫ of it paid for children`)
    },
  }
}

// ------------------------------------------------------------------------------------------------ 4. the pages

/** @typedef {'vi' | 'en'} Language of a page */

/** An amount as pages of a language write it: "1.234.567", or "1,234,567". @param {bigint} amount @param {Language} language */
const written = (amount, language = 'vi') => String(amount).replace(/\B(?=(\d{3})+$)/g, language === 'vi' ? '.' : ',')

/**
 * What a sum comes to that a reader sees, with or without the sign of đồng; null where it is not written whole, as the pages of that
 * language write it.
 * @param {string} shown @param {Language} language
 */
function shownAmount(shown, language) {
  const [, digits = ''] = (language === 'vi' ? /^([\d.]+)(?:\s?₫)?$/ : /^₫?([\d,]+)$/).exec(shown) ?? []
  const amount = /\d/.test(digits) ? BigInt(digits.replace(/\D/g, '')) : null
  return amount !== null && written(amount, language) === digits ? amount : null
}

/** What looks like a sum of money, in either language, also in short: "1,2 tỷ". */
const SUM =
  /₫\s?\d(?:[\d.,]*\d)?|\d(?:[\d.,]*\d)?\s?(?:₫|(?:đồng|đ|VNĐ|VND|dong|nghìn|ngàn|triệu|tỷ|tỉ|thousand|million|billion)(?!\p{L}))/gu
/** @param {string} text @returns {string[]} */
const sumsIn = (text) => text.match(SUM) ?? []

/** Text with its characters that HTML names by numbers. @param {string} text */
const unescaped = (text) =>
  text.replaceAll('&nbsp;', '\u00a0').replace(/&#(x?)([0-9a-f]{1,6});/gi, (_, hex, digits) => {
    const point = Number.parseInt(digits, hex ? 16 : 10)
    return point <= 0x10ffff ? String.fromCodePoint(point) : ''
  })

/** A page without what nobody reads on it. @param {string} html */
const readable = (html) => html.replace(/<!--[^]*?-->|<(script|style|template)\b[^]*?<\/\1\s*>/gi, '')

/** @param {string} attributes @param {string} name */
const attribute = (attributes, name) => new RegExp(`\\s${name}="([^"]*)"`).exec(attributes)?.[1]

/** Elements that may be marks: in a text, and in a drawing. */
const MAYBE_MARKS = /<(data|text|tspan)\b([^>]*)>([^<]*)<\/\1>/g
/** What is read aloud in place of a drawing. */
const LABELLED = /<[a-z]+\b[^>]*\saria-label="[^>]*>/gi

/**
 * The sums that a page marks: `<data value="435000" data-log="received">435.000 ₫</data>`; in a drawing `<tspan data-log="…">`; and
 * those of a label by their names, in its order: `aria-label="Received 435.000 ₫" data-log-label="received"`. What a reader sees
 * must be what is marked. A name may stand more than once, each time with the same sum; those of "+ spent" are parts of "spent", and
 * are added up.
 * @param {string} html that was made readable @param {Language} language @returns {Map<string, bigint>}
 */
function marksOf(html, language) {
  /** @type {Map<string, bigint>} */
  const marks = new Map()
  /** @type {Map<string, bigint>} */
  const parts = new Map()
  /** @param {string} name @param {bigint} amount */
  function tell(name, amount) {
    const known = marks.get(name) ?? amount
    if (known !== amount) throw new Stop(`marks ${known} as "${name}", and ${amount} too`)
    marks.set(name, amount)
  }
  for (const [, , attributes = '', text = ''] of html.matchAll(MAYBE_MARKS)) {
    const [name, value] = [attribute(attributes, 'data-log'), attribute(attributes, 'value')]
    if (name === undefined) continue
    const shown = unescaped(text)
    const amount = shownAmount(shown, language)
    if (amount === null || (value !== undefined && value !== String(amount)))
      throw new Stop(`shows ${shown} where it marks ${value ?? name}`)
    if (!name.startsWith('+ ')) tell(name, amount)
    else parts.set(name.slice(2), (parts.get(name.slice(2)) ?? 0n) + amount)
  }
  for (const [tag] of html.matchAll(LABELLED)) {
    const names = attribute(tag, 'data-log-label')?.split(',')
    if (names === undefined) continue
    const sums = sumsIn(unescaped(attribute(tag, 'aria-label') ?? ''))
    if (sums.length !== names.length) throw new Stop(`says ${sums.length} sums in a label that marks ${names.length}`)
    for (const [index, shown] of sums.entries()) {
      const amount = shownAmount(shown, language)
      if (amount === null) throw new Stop(`shows ${shown} where it marks ${names[index]}`)
      tell(names[index] ?? '', amount)
    }
  }
  for (const [name, amount] of parts) tell(name, amount)
  return marks
}

/** Sums that are marked as none: in the text of a page, and in what is read aloud. @param {string} html that was made readable @returns {string[]} */
function unmarkedIn(html) {
  const left = html
    .replace(MAYBE_MARKS, (element, _, attributes) => (attribute(attributes, 'data-log') === undefined ? element : ' '))
    .replace(LABELLED, (tag) => (attribute(tag, 'data-log-label') === undefined ? tag : ' '))
  const labels = [...left.matchAll(LABELLED)].map(([tag]) => attribute(tag, 'aria-label') ?? '')
  // A sum may be parted by what is only emphasised in it, and not by what stands apart.
  const text = left.replace(/<\/?(?:a|b|data|em|i|small|span|strong|tspan)\b[^>]*>/g, '').replace(/<[^>]*>/g, ' ')
  return [...labels, text].flatMap((one) => sumsIn(unescaped(one)))
}

/** What of a page must mark all its sums; null: nothing. The river is sums of the log alone; others begin with some. @param {string} path */
function wholePart(path) {
  if (path.startsWith('minh-bach')) return /[^]+/g
  return path === '' || /^xa\b/.test(path) ? /<p class="(?:lead|big)">[^]*?<\/p>/g : null
}

/** Some of them, by chance. @template T @param {T[]} all @returns {T[]} */
function someOf(all) {
  const left = [...all]
  return Array.from({ length: Math.min(SAMPLE, left.length) }, () => left.splice(randomInt(left.length), 1)).flat()
}

/** @typedef {Map<string, bigint>} Marks sums that a page marks, by their names */
/** @typedef {(marks: Marks) => Record<string, bigint | Between>} SumsOf what a page must mark; what is nothing may be left out */
/** @typedef {ReturnType<ReturnType<typeof createCampaigns>['told']>} Campaigns */
/** @typedef {{ asked: bigint, covered: bigint, given: bigint, missing: bigint }} Need what is asked = covered elsewhere + given here + missing */

/** @param {bigint} a @param {bigint} b */
const least = (a, b) => (a < b ? a : b)

/**
 * Those of the marks that are named so, each with the sum that it must be.
 * @param {Marks} marks @param {RegExp} names @param {(...parts: string[]) => bigint} sumOf takes the groups of the name
 * @returns {Record<string, bigint>}
 */
const whereMarked = (marks, names, sumOf) =>
  Object.fromEntries(
    [...marks.keys()].flatMap((name) => {
      const [found, ...parts] = names.exec(name) ?? []
      return found === undefined ? [] : [[name, sumOf(...parts)]]
    }),
  )

/** Names of marks that begin so, each as nothing: what the log does not know of must not be more. @param {Marks} marks @param {RegExp} names */
const asNothing = (marks, names) => whereMarked(marks, names, () => 0n)

/**
 * What campaigns need: the site's word on the page of each; of what is left of it, and above it, the log says the rest.
 * @param {Campaigns} campaigns
 */
function createGoals(campaigns) {
  const received = new Map(campaigns.map(({ slug, net }) => [slug, net]))
  /** As their pages say. @type {Map<string, bigint>} */
  const goals = new Map()
  /** @param {bigint} vnd */
  const orNothing = (vnd) => (vnd > 0n ? vnd : 0n)
  return {
    /** @param {string} slug @param {bigint} net @param {Marks} marks @returns {Record<string, bigint>} */
    ofPage(slug, net, marks) {
      const goal = marks.get('goal') ?? 0n
      goals.set(slug, goal)
      return {
        ...whereMarked(marks, /^goal$/, () => goal),
        ...whereMarked(marks, /^needed$/, () => orNothing(goal - net)),
        ...whereMarked(marks, /^above$/, () => orNothing(net - goal)),
      }
    },
    /** Campaigns on other pages: those of some, where it has only those. @param {Marks} marks @param {Campaigns} some @returns {Record<string, bigint>} */
    ofLists(marks, some = campaigns) {
      const slugs = new Set(some.map(({ slug }) => slug))
      return whereMarked(marks, /^(received|goal|needed) (\S+)$/, (what, slug = '') => {
        if (!slugs.has(slug)) return 0n
        const [net, goal] = [received.get(slug) ?? 0n, goals.get(slug) ?? 0n]
        return what === 'received' ? net : what === 'goal' ? goal : orNothing(goal - net)
      })
    },
  }
}

/**
 * The river of money, year by year: what the campaigns that were opened in it received, from their fund by kind of need to their
 * commune, and what of it was handed over, is paid for and not handed over yet, and is not spent yet.
 * @param {Campaigns} campaigns
 */
function riverPages(campaigns) {
  /** @type {Map<string, Map<string, { received: bigint, paid: bigint, delivered: Between }>>} */
  const years = new Map()
  for (const { fund, net, spent, delivered, place } of campaigns) {
    if (place === null || net === 0n) continue
    const ways = years.get(place.year) ?? new Map()
    years.set(place.year, ways)
    const { category, commune } = place
    // All of them, a way from fund to commune, and what the drawings show together.
    const own = ['', ` ${fund} ${category} ${commune}`, ` ${fund} ${category} *`, ` ${fund} * *`, ` * ${category} *`, ` * * ${commune}`]
    for (const way of own) {
      const sum = ways.get(way) ?? { received: 0n, paid: 0n, delivered: { low: 0n, high: 0n } }
      // What is handed over before it is paid in full counts no further than it is paid.
      const [low, high] = [least(delivered.low, spent), least(delivered.high, spent)]
      const between = { low: sum.delivered.low + low, high: sum.delivered.high + high }
      ways.set(way, { received: sum.received + net, paid: sum.paid + spent, delivered: between })
    }
  }
  /** @type {Map<string, SumsOf>} */
  const pages = new Map()
  for (const [year, ways] of [...years].sort()) {
    /** @type {SumsOf} */
    const sumsOf = (marks) => {
      const received = (/** @type {string} */ way) => ways.get(way)?.received ?? 0n
      /** @type {Record<string, bigint | Between>} */
      const sums = {
        ...asNothing(marks, /^(received|delivered|spent|waiting)\b/),
        ...whereMarked(marks, /^received( .*\*.*)$/, (way = '') => received(way)),
      }
      // Communes that the drawing has together: all but those that it names.
      const named = [...marks.keys()].filter((name) => name.startsWith('received * * '))
      if (marks.has('received others'))
        sums['received others'] = named.reduce((left, name) => left - received(name.slice('received'.length)), received(''))
      for (const [way, { received: all, paid, delivered }] of ways) {
        if (way.includes('*')) continue
        sums[`received${way}`] = all
        sums[`delivered${way}`] = delivered
        sums[`spent${way}`] = paid - (marks.get(`delivered${way}`) ?? 0n)
        sums[`waiting${way}`] = all - paid
      }
      return sums
    }
    pages.set(`minh-bach?nam=${year}`, sumsOf)
    // The newest year is the one that is shown before anybody asks for one.
    pages.set('minh-bach', sumsOf)
  }
  return { pages, years: years.size }
}

/**
 * What communes need, and what of it gifts meet: the log says what came for each need, the pages of the kinds of need what is
 * asked and what others cover; all pages that add them up must come to the same. Counts below five are on none of them.
 * @param {Campaigns} campaigns @param {string[]} kinds of need that have a page @param {ReturnType<typeof createGoals>} goals
 */
function needPages(campaigns, kinds, goals) {
  /** What came for needs, and of which fund they are. @type {Map<string, { vnd: bigint, fund: string }>} */
  const gifts = new Map()
  for (const { fund, net, place } of campaigns) {
    const need = `${place?.category} ${place?.commune} ${place?.schoolYear}`
    gifts.set(need, { vnd: (gifts.get(need)?.vnd ?? 0n) + net, fund })
  }
  /** By kind and commune, as far as their pages were read. @type {{ kind: string, commune: string, fund: string | undefined, need: Need }[]} */
  let needs = []

  /** @param {(one: (typeof needs)[number]) => boolean} isOne @returns {Need} */
  function addUp(isOne) {
    const sum = { asked: 0n, covered: 0n, given: 0n, missing: 0n }
    for (const one of needs) if (isOne(one)) for (const part of PARTS) sum[part] += one.need[part]
    return sum
  }
  /** @param {Need} need @param {string} of the end of its marks' names @param {string} before their begin */
  const named = (need, of = '', before = '') => Object.fromEntries(PARTS.map((part) => [`${before}${part}${of}`, need[part]]))

  /** @param {string} kind @returns {SumsOf} */
  const ofKind = (kind) => (marks) => {
    needs = needs.filter((one) => one.kind !== kind)
    /** @type {Record<string, bigint>} */
    const sums = { ...asNothing(marks, /^(fund )?(asked|covered|given|missing)\b/), ...goals.ofLists(marks) }
    /** What a row says is asked and covered, with what of it was given. @param {string} before @param {string} of @param {bigint} most */
    const needOf = (before, of, most) => {
      const [asked, covered] = [marks.get(`${before}asked${of}`) ?? 0n, marks.get(`${before}covered${of}`) ?? 0n]
      if (covered > asked) throw new Stop(`says that more is covered for${of} than is asked`)
      const given = least(most, asked - covered)
      const need = { asked, covered, given, missing: asked - covered - given }
      Object.assign(sums, named(need, of, before))
      return need
    }
    for (const name of marks.keys()) {
      const [, commune, year] = /^asked (\S+) (\d{4})$/.exec(name) ?? []
      if (commune === undefined) continue
      const { vnd = 0n, fund } = gifts.get(`${kind} ${commune} ${year}`) ?? {}
      needs.push({ kind, commune, fund, need: needOf('', ` ${commune} ${year}`, vnd) })
    }
    const all = addUp((one) => one.kind === kind)
    const ofFunds = [...marks.keys()].flatMap((name) => {
      const [, fund] = /^fund asked (\S+)$/.exec(name) ?? []
      return fund === undefined ? [] : [needOf('fund ', ` ${fund}`, addUp((one) => one.kind === kind && one.fund === fund).given)]
    })
    const asked = ofFunds.reduce((sum, need) => sum + need.asked, 0n)
    if (asked !== all.asked) throw new Stop(`says that ${all.asked} are asked by communes, and ${asked} through funds`)
    return { ...sums, ...named(all) }
  }
  /** What communes miss, where a list or a map of them says it. @param {Marks} marks */
  const onMaps = (marks) => whereMarked(marks, /^missing \* (\S+)$/, (commune) => addUp((one) => one.commune === commune).missing)
  /** Each of some with its sum. @param {'kind' | 'commune'} by @returns {[name: string, sum: Need][]} */
  const sumsBy = (by) => [...new Set(needs.map((one) => one[by]))].map((name) => [name, addUp((one) => one[by] === name)])

  return {
    pages: new Map([
      ...kinds.map((kind) => /** @type {[string, SumsOf]} */ ([`nhu-cau/${kind}`, ofKind(kind)])),
      /** @type {[string, SumsOf]} */ ([
        'nhu-cau',
        (marks) => ({
          ...asNothing(marks, /^missing /),
          ...Object.fromEntries(sumsBy('kind').map(([kind, { missing }]) => [`missing ${kind}`, missing])),
          ...Object.fromEntries(needs.map(({ kind, commune, need }) => [`missing ${kind} ${commune}`, need.missing])),
        }),
      ]),
      /** @type {[string, SumsOf]} */ ([
        'xa',
        (marks) => ({
          ...asNothing(marks, /^(asked|met|missing) /),
          ...Object.fromEntries(
            sumsBy('commune').flatMap(([commune, { asked, covered, given, missing }]) => [
              [`asked * ${commune}`, asked],
              [`met * ${commune}`, covered + given],
              [`missing * ${commune}`, missing],
            ]),
          ),
          missing: addUp(() => true).missing,
        }),
      ]),
    ]),
    /** @param {string} commune @returns {SumsOf} */
    ofCommune: (commune) => (marks) => {
      const own = campaigns.filter(({ place }) => place?.commune === commune)
      return {
        ...asNothing(marks, /^(asked|covered|given|missing)\b/),
        ...Object.assign({}, ...needs.filter((one) => one.commune === commune).map(({ kind, need }) => named(need, ` ${kind}`))),
        ...named(addUp((one) => one.commune === commune)),
        ...onMaps(marks),
        ...goals.ofLists(marks, own),
        ...Object.fromEntries(own.map(({ slug, net }) => [`received ${slug}`, net])),
      }
    },
    /** As they are marked, where the log can't tell. @param {Marks} marks */
    unknown: (marks) => Object.fromEntries([...marks].filter(([name]) => /^(asked|covered|given|missing)\b/.test(name))),
    /** @param {Marks} marks */
    ofAll: (marks) => ({ ...asNothing(marks, /^missing /), ...named(addUp(() => true)), ...onMaps(marks) }),
    count: () => needs.length,
  }
}
const PARTS = /** @type {const} */ (['asked', 'covered', 'given', 'missing'])

/**
 * Holds what pages mark against what the entries add up to.
 * @param {(path: string) => Promise<Buffer>} getPage @param {ReturnType<typeof createBooks>} books
 * @param {() => Promise<boolean>} isSame whether the log is still as long as what was checked
 */
async function checkPages(getPage, books, isSame) {
  const before = faults
  /** @param {string} path @param {Language} language */
  const pageAt = async (path, language) =>
    readable((await getPage(language === 'vi' ? path : `en/${path}`.replace(/\/$/, ''))).toString('utf8'))
  /** What a page says otherwise than the log, or in English otherwise than in Vietnamese; null where it does not. @param {string} path @param {SumsOf} sumsOf */
  async function differs(path, sumsOf) {
    let at = `/${path}`
    try {
      const page = await pageAt(path, 'vi')
      const marks = marksOf(page, 'vi')
      const sums = sumsOf(marks)
      for (const [name, amount] of marks)
        if (!Object.hasOwn(sums, name)) return `${at} marks ${amount} as "${name}", of which the log tells nothing`
      for (const [name, sum] of Object.entries(sums)) {
        const [marked, { low, high }] = [marks.get(name) ?? 0n, typeof sum === 'bigint' ? { low: sum, high: sum } : sum]
        if (marked < low || marked > high)
          return `${at} marks ${marks.get(name) ?? 'nothing'} as "${name}", and its entries come to ${low === high ? low : `${low} to ${high}`}`
      }
      others.set(path, unmarkedIn(page).length)
      const whole = wholePart(path)
      const [said] = unmarkedIn(whole ? (page.match(whole) ?? []).join('') : '')
      if (said !== undefined) return `${at} says ${said}, and marks it as no sum`
      at = `/en/${path}`
      const english = await pageAt(path, 'en')
      const inEnglish = marksOf(english, 'en')
      for (const name of new Set([...marks.keys(), ...inEnglish.keys()]))
        if (marks.get(name) !== inEnglish.get(name))
          return `${at} marks ${inEnglish.get(name) ?? 'nothing'} as "${name}", and ${marks.get(name) ?? 'nothing'} in Vietnamese`
      const [saidToo] = unmarkedIn(whole ? (english.match(whole) ?? []).join('') : '')
      if (saidToo !== undefined) return `${at} says ${saidToo}, and marks it as no sum`
      return null
    } catch (error) {
      if (error instanceof Stop) return `${at} ${error.message}`
      throw error
    }
  }

  const { campaigns, funds, days, codes, spends } = books.sums()
  const chosen = codes.slice(0, SAMPLE)
  let shown = 0
  /** How many sums pages show that are marked as none. @type {Map<string, number>} */
  const others = new Map()
  /** @type {Map<string, SumsOf>} */
  const pages = new Map()
  const goals = createGoals(campaigns)
  for (const { slug, line, net, spent, delivered } of campaigns)
    pages.set(`chien-dich/${slug}`, (marks) => ({
      ...{ received: net, spent, delivered },
      ...goals.ofPage(slug, net, marks),
      ...whereMarked(marks, /^(asked|paid) (\d+)$/, (what, id = '') => {
        const spend = spends.get(id)
        return spend?.line !== line ? 0n : what === 'asked' ? spend.asked : spend.paid
      }),
    }))
  const bought = someOf([...spends])
  for (const [id, { asked, paid, back, unpaid }] of bought)
    pages.set(`khoan-chi/${id}`, (marks) => ({ asked, back, unpaid, ...whereMarked(marks, /^paid$/, () => paid) }))
  const lists = ['chien-dich', 'ung-ho']
  for (const path of lists) pages.set(path, (marks) => goals.ofLists(marks))
  pages.set('quy', () => Object.fromEntries([...funds].map(([fund, { net }]) => [`received ${fund}`, net])))
  for (const [fund, { net }] of funds)
    pages.set(`quy/${fund}`, (marks) => {
      // Of its campaigns it shows those that are open, with what all of them together still need.
      const own = goals.ofLists(
        marks,
        campaigns.filter((one) => one.fund === fund),
      )
      const needed = Object.entries(own).reduce((sum, [name, vnd]) => (name.startsWith('needed ') ? sum + vnd : sum), 0n)
      return { ...own, ...whereMarked(marks, /^needed$/, () => needed), received: net }
    })
  // That of a promise of goods marks nothing, though money may come with its code.
  /** @type {Set<string>} */
  const unmarked = new Set()
  for (const { code, sums } of chosen)
    pages.set(`theo-doi/${code}`, (marks) => {
      if (marks.size > 0) return sums
      unmarked.add(code)
      return {}
    })

  // The river of money, and what communes need, where the log says of all campaigns whose need they are for.
  const unplaced = campaigns.filter(({ place, net }) => place === null && net > 0n).length
  if (unplaced > 0)
    notChecked(`${unplaced} campaigns are told without whose need they are for: the river of money and sums by commune were not compared`)
  const rivers = riverPages(campaigns)
  if (unplaced === 0) for (const [path, sumsOf] of rivers.pages) pages.set(path, sumsOf)
  // Which kinds and communes there are: what is wrong with that page itself is said below.
  const marked = await pageAt('nhu-cau', 'vi')
    .then((page) => marksOf(page, 'vi'))
    .catch((/** @type {unknown} */ error) => {
      if (error instanceof Stop) return new Map()
      throw error
    })
  const listed = [...marked.keys()].map((name) => /^missing (\S+)(?: (\S+))?$/.exec(name) ?? [])
  const kinds = new Set([...listed.flatMap(([, kind]) => kind ?? []), ...campaigns.flatMap(({ place }) => place?.category ?? [])])
  const needs = needPages(campaigns, [...kinds], goals)
  const communes = new Set([...listed.flatMap(([, , commune]) => commune ?? []), ...campaigns.flatMap(({ place }) => place?.commune ?? [])])
  const looked = someOf([...communes])
  /** @type {Map<string, SumsOf>} */
  const byNeed = new Map()
  if (unplaced === 0) for (const [path, sumsOf] of needs.pages) byNeed.set(path, sumsOf)
  if (unplaced === 0) for (const commune of looked) byNeed.set(`xa/${commune}`, needs.ofCommune(commune))
  // The first page shows days that end today, and marks those alone.
  byNeed.set('', (marks) => {
    const gifts = whereMarked(marks, /^gifts (\S+)$/, (day) => days.get(day) ?? 0n)
    shown = Object.keys(gifts).length
    const week = Object.values(gifts).reduce((sum, vnd) => sum + vnd, 0n)
    return { ...gifts, gifts: week, ...goals.ofLists(marks), ...(unplaced > 0 ? needs.unknown(marks) : needs.ofAll(marks)) }
  })
  for (const [path, sumsOf] of byNeed) pages.set(path, sumsOf)

  // A page may be a moment ahead of the log: one that differs is looked at again, and with one that is of needs all of them.
  let left = [...pages.keys()]
  /** @type {Map<string, string>} */
  const found = new Map()
  for (let attempt = 0; attempt < 3 && left.length > 0 && (attempt === 0 || (await isSame())); attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 1000))
    found.clear()
    let held = 0
    const hold = async (/** @type {string} */ path) => {
      progress(`${held++} of ${left.length} pages`)
      const what = await differs(path, pages.get(path) ?? (() => ({})))
      if (what !== null) found.set(path, what)
    }
    // What some say is held against what those before them said: of goals, and of needs.
    const isLater = (/** @type {string} */ path) => byNeed.has(path) || lists.includes(path) || path.startsWith('quy/')
    await inTurns(
      left.filter((path) => !isLater(path)),
      hold,
    )
    for (const path of left.filter(isLater)) await hold(path)
    const isNeed = [...found.keys()].some((path) => byNeed.has(path))
    // What a campaign needs is on its own page.
    const goalsOf = new Set([...found.values()].map((what) => `chien-dich/${/"(?:goal|needed) (\S+)"/.exec(what)?.[1]}`))
    left = [...pages.keys()].filter((path) => found.has(path) || goalsOf.has(path) || (isNeed && byNeed.has(path)))
  }
  if (found.size > 0 && !(await isSame()))
    notChecked(`${found.size} pages are newer than what was checked: the log has grown meanwhile, run it again to compare them`)
  else for (const what of found.values()) fault(what)
  if (unmarked.size > 0) notChecked(`pages of gifts mark no sum, and were not compared: ${[...unmarked].join(', ')}`)
  done(
    before,
    `pages of ${campaigns.length} campaigns, ${funds.size} funds, ${shown} days, ${chosen.length - unmarked.size} gifts and ${bought.length} spends chosen by chance were held against the log, in both languages`,
  )
  const unproven = [...others.values()].reduce((sum, count) => sum + count, 0)
  if (unproven > 0)
    say(
      `-      ${unproven} other sums on these pages are marked as none: prices, single gifts and deliveries, and what else is only the site's word`,
    )
  if (unplaced === 0)
    done(
      before,
      `the river of money of ${rivers.years} years, and what came for ${needs.count()} needs, on the pages of ${kinds.size} kinds of need and of ${looked.length} communes chosen by chance, too`,
    )
}

/**
 * Looks at files of closed days, chosen by chance: each has the hash that its list says, its rows are those of the log, and
 * they come to what the day was closed with.
 * @param {string} base of the addresses of pages @param {(path: string) => Promise<Buffer>} getPage
 * @param {ReturnType<typeof createBooks>} books
 */
async function checkFiles(base, getPage, books) {
  /** @param {string} path @returns {Promise<[period: string, hash: string][]>} */
  const listed = async (path) => {
    const html = readable((await getPage(path)).toString('utf8'))
    return [...html.matchAll(/sao-ke-(\d{4}(?:-\d\d){0,2})\.csv"(?:(?!sao-ke-\d)[^])*?<code[^>]*>([0-9a-f]{64})<\/code>/g)].map(
      ([, period = '', digest = '']) => [period, digest],
    )
  }
  /** @param {string} period */
  const listOf = (period) => (period.length === 10 ? `sao-ke/tep?thang=${period.slice(0, 7)}` : 'sao-ke/tep')
  /** @param {string} path @param {string} period */
  const hashAt = async (path, period) => (await listed(path)).find(([one]) => one === period)?.[1]
  const periods = await listed('sao-ke/tep')
  const months = periods.filter(([period]) => period.length === 7)
  const days = (await inTurns(months, ([month]) => listed(`sao-ke/tep?thang=${month}`))).flat().filter(([day]) => day.length === 10)
  const before = faults
  let [rows, sums] = [0, 0]
  const chosen = [...someOf(days), ...someOf(periods).slice(0, 2)]
  if (chosen.length === 0) return say('-      there are no files of closed days yet')
  for (const [period, digest] of chosen) {
    const file = await unbroken(`${base}/sao-ke/tep/sao-ke-${period}.csv`, readRows)
    if (file.digest !== digest) {
      // It may have been made anew since the list was read.
      if ((await hashAt(listOf(period), period)) === digest) fault(`the file of ${period} has not the hash that is listed`)
      else notChecked(`the file of ${period} is made anew just now`)
      continue
    }
    const inEnglish = await hashAt(`en/${listOf(period)}`, period)
    if (inEnglish !== digest && inEnglish !== (await hashAt(listOf(period), period)))
      fault(`the file of ${period} has another hash on the English page`)
    for (const tell of file.toTell) tell()
    rows += file.rows
    if (period.length === 10) sums += compareDay(period, file.sums, books)
  }
  done(before, `${chosen.length} files of closed days, months and years, chosen by chance, have the hashes that are listed`)
  done(
    before,
    `${rows} rows of them name entries of the log with the same amounts, and ${sums} days of accounts come to what they were closed with`,
  )

  /** Looks at the rows of a file as they come, since that of a year may be longer than a text can be. @param {Response} answer */
  async function readRows({ url, body }) {
    const whole = createHash('sha256')
    /** @type {(() => void)[]} */
    const toTell = []
    const tell = (/** @type {() => void} */ one) => void (toTell.length < MOST_TOLD && toTell.push(one))
    /** @type {Map<string, Close>} */
    const stated = new Map()
    // The first names the columns.
    let count = -1
    for await (const [entry = '', day = '', , account = '', direction = '', amount = '', , , , , , , , , isStated = ''] of readCsv(
      pieces(),
    )) {
      count += 1
      if (count === 0) continue
      const known = /^\d{1,16}$/.test(entry) ? books.rowOf(Number(entry)) : null
      const isAmount = /^\d{1,16}$/.test(amount)
      if (known === 'later') tell(() => notChecked(`a row of ${day} names entry ${entry}, which is newer than what was checked`))
      else if (known === null || !isAmount || (known.amount !== null && String(known.amount) !== amount))
        tell(() => fault(`a row of ${day} has ${amount} ₫ of entry ${entry}, which says otherwise`))
      if (isStated !== 'có') continue
      const sum = stated.get(account) ?? { in: 0n, out: 0n, isAlone: true }
      sum[direction === 'vào' ? 'in' : 'out'] += BigInt(isAmount ? amount : 0)
      stated.set(account, sum)
    }
    return { digest: whole.digest('hex'), rows: Math.max(count, 0), sums: stated, toTell }

    async function* pieces() {
      let bytes = 0
      for await (const piece of body ?? []) {
        whole.update(piece)
        bytes += piece.length
        progress(`${written(BigInt(bytes))} bytes of ${url}`)
        yield piece
      }
    }
  }
}

/**
 * Holds what the rows of a day come to, account by account, against what each account's day was closed with.
 * @param {string} day @param {Map<string, Close>} stated
 * @param {ReturnType<typeof createBooks>} books @returns {number} accounts whose day was compared
 */
function compareDay(day, stated, books) {
  let compared = 0
  for (const [account, close] of books.closesOf(day)) {
    if (!close.isAlone) continue
    const own = stated.get(account)
    if ((own?.in ?? 0n) !== close.in || (own?.out ?? 0n) !== close.out)
      fault(`the file of ${day} has other sums of ${account} than the day was closed with`)
    compared += 1
  }
  return compared
}

/** A row of CSV that is longer is none: it is one whose quotes do not end. */
const LONGEST_ROW = 1_000_000

/** Rows of CSV as RFC 4180 has it, as its bytes come. @param {AsyncIterable<Uint8Array>} pieces @returns {AsyncGenerator<string[], void>} */
async function* readCsv(pieces) {
  const decoder = new TextDecoder()
  let [row, isQuoted] = ['', false]
  for await (const piece of pieces) {
    const [rest = '', ...lines] = decoder.decode(piece, { stream: true }).split('\n')
    yield* next(rest)
    for (const line of lines) {
      yield* next('\n')
      yield* next(line)
    }
  }
  if (row !== '') yield cellsOf(row)

  /** What comes next of a row; a line that ends between quotes does not end it. @param {string} text */
  function* next(text) {
    if (text === '\n' && !isQuoted) {
      if (row !== '' && row !== '\r') yield cellsOf(row)
      row = ''
      return
    }
    if (text.split('"').length % 2 === 0) isQuoted = !isQuoted
    row += text
    if (row.length > LONGEST_ROW) throw new Stop('a file of closed days has a row that does not end')
  }
}

/** @param {string} row @returns {string[]} */
const cellsOf = (row) =>
  [...`${row.replace(/\r$/, '')},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,"]*)),/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  )

// ------------------------------------------------------------------------------------------------------ run it

/** Whether the site was reached at all: whoever mistyped its address need not wait. */
let isReached = false
/** How often something is asked for that breaks off, and where the site asks to wait. */
const [BREAKS, WAITS] = [8, 20]

/** @param {number} seconds */
const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, 1000 * Math.min(60, seconds)))

/**
 * Reads the answer to a request, anew where the connection breaks off: a long log takes long, and no network holds for ever.
 * @template T @param {string} url @param {(answer: Response) => Promise<T>} read @returns {Promise<T>}
 */
async function unbroken(url, read) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await read(await ask(url))
    } catch (error) {
      // So fetch says that a connection failed, or ended too soon.
      if (!(error instanceof TypeError)) throw error
      if (!isReached || attempt === BREAKS) throw new Error(`${url}: ${String(error)}`)
      process.stderr.write(`...    ${url} broke off, and is asked for again\n`)
      await pause(2 ** (attempt - 1))
    }
  }
}

/** The answer to a request, waited for where the site asks to wait. @param {string} url */
async function ask(url) {
  for (let attempt = 1; ; attempt++) {
    const answer = await fetch(url)
    isReached = true
    if (answer.ok) return answer
    await answer.body?.cancel()
    if (answer.status === 404) throw new Missing(`${url} is missing`)
    if (![429, 502, 503, 504].includes(answer.status) || attempt === WAITS) throw new Error(`${url} answered ${answer.status}`)
    await pause(Number(answer.headers.get('retry-after')) || 2)
  }
}

/** @param {string} url */
const download = (url) => unbroken(url, async (answer) => Buffer.from(await answer.arrayBuffer()))

/** @param {(path: string) => Promise<Buffer>} get @param {string} path */
async function linesOf(get, path) {
  const text = (await get(path)).toString('utf8')
  return text.split('\n').filter((line) => line !== '')
}

/**
 * Up to which size keys count that were put away, by their texts; none of a site that has not told of any.
 * @param {(path: string) => Promise<Buffer>} get @returns {Promise<Map<string, number>>}
 */
async function endsOfKeys(get) {
  try {
    return new Map((await linesOf(get, 'vkey/ended')).map((line) => [line.split(' ')[0] ?? '', Number(line.split(' ')[1])]))
  } catch (error) {
    if (error instanceof Stop) return new Map()
    throw error
  }
}

/** @param {string[]} texts @param {Map<string, number>} ends up to which size some of them count */
function readLogKeys(texts, ends = new Map()) {
  const keys = texts.filter(isKnownKind).map((text) => ({ ...readKey(text), lastSize: ends.get(text) ?? Infinity }))
  if (keys.length === 0) throw new Stop('the log has no key of a kind that this program knows')
  if (keys.some(({ isWitness }) => isWitness)) throw new Stop('what is given as the key of the log is the key of a witness')
  return keys
}

/** @param {string[]} texts */
function readWitnesses(texts) {
  for (const text of texts.filter((one) => !isKnownKind(one)))
    notChecked(`a witness has a key of a kind that this program does not know: ${text}`)
  const keys = texts.filter(isKnownKind).map(readKey)
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
      ...{ since: { type: 'string' }, proof: { type: 'string', multiple: true }, save: { type: 'string' }, keep: { type: 'string' } },
      ...{ 'all-checkpoints': { type: 'boolean', default: false }, 'no-pages': { type: 'boolean', default: false } },
      ...{ help: { type: 'boolean', short: 'h', default: false } },
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
  const keys = readLogKeys(texts, await endsOfKeys(get))
  if (values.key === undefined) say(`-      the key is the site's own word: ${texts.join(', ')}. Hold it against --key from elsewhere`)
  const note = (await get('checkpoint')).toString('utf8')
  const checkpoint = openCheckpoint(note, keys)
  fine(`the checkpoint of ${checkpoint.origin} at ${checkpoint.size} entries is signed by its key`)
  const witnesses = readWitnesses(values.witness ?? (await linesOf(get, 'witnesses')))
  await checkWitnesses(get, checkpoint, { note, witnesses, areDemanded: values.witness !== undefined })
  const kept = keptIn(proofs, keys, witnesses)
  if (values.since !== undefined)
    kept.push({ name: 'your checkpoint', checkpoint: openCheckpoint(readFileSync(values.since, 'utf8'), keys) })
  const earlier = createEarlier(get, checkpoint, { keys, witnesses, kept, isAll: values['all-checkpoints'] })

  const books = createBooks((index, name) => get(`list/${index}/${name}`))
  await checkTree(get, createKept(get, values.keep, checkpoint.origin), checkpoint, earlier.checkpoints, books.read)
  earlier.end()
  books.end(checkpoint.size)
  if (!values['no-pages']) {
    const isSame = async () => openCheckpoint((await get('checkpoint')).toString('utf8'), keys).size === checkpoint.size
    const getPage = (/** @type {string} */ path) => download(`${base}/${path}`)
    await checkPages(getPage, books, isSame)
    await checkFiles(base, getPage, books)
    await checkSomeProofs(get, checkpoint, keys)
  } else say('-      pages were not looked at')
  if (values.save !== undefined && faults === 0) writeFileSync(values.save, note)
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
if (faults > 0) {
  say(`${faults} ${faults === 1 ? 'thing does' : 'things do'} not agree.`)
  process.exitCode = 1
} else if (process.exitCode === undefined && open > 0) {
  say(`What was checked agrees, and ${open} ${open === 1 ? 'thing' : 'things'} could not be checked or are not told to their end.`)
  process.exitCode = 3
} else if (process.exitCode === undefined) say('All of it agrees.')
