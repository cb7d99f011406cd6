// Checks receipts, proofs and public papers of Từng Đồng in the browser; offline, too. Nothing that is checked leaves this
// device; of a public paper its hash does, to ask which entry of the log names it. Made of scripts/check-page.ts and what it
// uses (lib/receipts, lib/tlog) by "npm run check-script". SHA-256 and Ed25519 are @noble/hashes and @noble/ed25519 (MIT).
'use strict'
;(() => {
  // lib/i18n/locale.ts
  var isLocale = (value) => value === 'vi' || value === 'en'

  // lib/pledges/codes.ts
  var CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
  var PREFIX = 'TD'
  var SHAPE = new RegExp(`^${PREFIX}[${CODE_ALPHABET}]{7}$`)
  var MODULUS = CODE_ALPHABET.length
  var normalizeCode = (typed) =>
    typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[^A-Z0-9]/g, '')

  // lib/receipts/numbers.ts
  var readNumber = (text) => (/^(?:0|[1-9]\d{0,14})$/.test(text) ? BigInt(text) : null)
  var readTypedNumber = (typed) => readNumber(typed.replace(/[.,\s]/g, ''))

  // lib/receipts/asked.ts
  var BETWEEN_NUMBERS = '_'
  function readAsked(typed) {
    const numbers = typed.split(BETWEEN_NUMBERS).map(readTypedNumber)
    return numbers.every((number) => number !== null)
      ? { numbers: [...new Set(numbers)], code: null }
      : { numbers: null, code: normalizeCode(typed) }
  }
  function askedIn(query) {
    const params = new URLSearchParams(query)
    const typed = [...params.getAll('ma'), ...params.getAll('muc')].find((one) => one.trim() !== '')
    return typed === void 0 ? null : readAsked(typed)
  }

  // lib/tlog/bytes.ts
  var utf8 = (text) => new TextEncoder().encode(text)
  function joined(...parts) {
    const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
    let at = 0
    for (const part of parts) {
      all.set(part, at)
      at += part.length
    }
    return all
  }
  var toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  var fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16))

  // node_modules/@noble/ed25519/index.js
  var freeze = Object.freeze
  var P = 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn
  var N = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn
  var _d = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n
  var Gx = 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an
  var Gy = 0x6666666666666666666666666666666666666666666666666666666666666658n
  var _a = P - 1n
  var ed25519_CURVE = freeze({
    p: P,
    n: N,
    h: 8n,
    a: _a,
    d: _d,
    Gx,
    Gy,
  })
  var LEN = 32
  var isBytes = (a) => {
    return a instanceof Uint8Array || (ArrayBuffer.isView(a) && a.constructor.name === 'Uint8Array' && a.BYTES_PER_ELEMENT === 1)
  }
  var abytes = (value, length, title = '') => {
    if (isBytes(value) && (length === void 0 || value.length === length)) return value
    const bytes = isBytes(value)
    const ofLen = length !== void 0 ? ` of length ${length}` : ''
    const got = bytes ? `length=${value.length}` : `type=${typeof value}`
    const message = (title ? `"${title}" ` : '') + 'expected Uint8Array' + ofLen + ', got ' + got
    if (!bytes) throw new TypeError(message)
    throw new RangeError(message)
  }
  var snapshotBytes = (value, title = '', length) => Uint8Array.from(abytes(value, length, title))
  var padh = (n, pad) => n.toString(16).padStart(pad, '0')
  var bytesToHex = (bytes) => {
    let hex = ''
    for (const byte of abytes(bytes)) hex += padh(byte, 2)
    return hex
  }
  var hexToBytes = (hex) => {
    const e = 'hex invalid'
    if (typeof hex !== 'string') throw new TypeError(e)
    if (hex.length % 2 || !/^[\da-f]*$/i.test(hex)) throw new RangeError(e)
    const array = new Uint8Array(hex.length / 2)
    for (let ai = 0, hi = 0; ai < array.length; ai++, hi += 2) {
      const n1 = hex.charCodeAt(hi)
      const n2 = hex.charCodeAt(hi + 1)
      array[ai] = ((n1 & 15) + (n1 >> 6) * 9) * 16 + (n2 & 15) + (n2 >> 6) * 9
    }
    return array
  }
  var concatBytes = (...arrays) => {
    let sum = 0
    for (const a of arrays) sum += abytes(a).length
    const res = new Uint8Array(sum)
    let pad = 0
    for (const a of arrays) {
      res.set(a, pad)
      pad += a.length
    }
    return res
  }
  var arange = (n, min, max, msg = 'bad number: out of range') => {
    if (typeof n !== 'bigint') throw new TypeError(msg)
    if (min <= n && n < max) return n
    throw new RangeError(msg)
  }
  var mod = (a, b = P) => ((a %= b) >= 0n ? a : b + a)
  var P_MASK = (1n << 255n) - 1n
  var modP = (num) => {
    if (num < 0n) throw new RangeError('negative coordinate')
    let r = (num >> 255n) * 19n + (num & P_MASK)
    r = (r >> 255n) * 19n + (r & P_MASK)
    return r % P
  }
  var modN = (a) => mod(a, N)
  var invert = (number, modulo) => {
    if (number === 0n) throw new Error('invert: expected non-zero number')
    if (modulo <= 1n) throw new Error('invert: expected modulus > 1, got ' + modulo)
    let a = mod(number, modulo)
    let b = modulo
    let x = 0n,
      u = 1n
    while (a !== 0n) {
      const q = b / a
      const r = b - a * q
      const m = x - u * q
      ;((b = a), (a = r), (x = u), (u = m))
    }
    const gcd = b
    if (gcd !== 1n) throw new Error('invert: does not exist')
    return mod(x, modulo)
  }
  var _hash = (name) => {
    const fn = hashes[name]
    if (typeof fn !== 'function') throw new Error('hashes.' + name + ' not set')
    return fn
  }
  var callHash = (name, ...m) => abytes(_hash(name)(concatBytes(...m)), 64, 'digest')
  var apoint = (p) => {
    if (p instanceof Point) return p
    throw new TypeError('Point expected')
  }
  var B256 = 2n ** 256n
  var Point = class _Point {
    static BASE
    static ZERO
    X
    Y
    Z
    T
    // Constructor only bounds-checks and freezes XYZT coordinates; it does not prove the point is
    // on-curve or that T matches X*Y/Z.
    constructor(X, Y, Z, T) {
      const max = B256
      this.X = arange(X, 0n, max)
      this.Y = arange(Y, 0n, max)
      this.Z = arange(Z, 1n, max)
      this.T = arange(T, 0n, max)
      freeze(this)
    }
    static CURVE() {
      return ed25519_CURVE
    }
    static fromAffine(p) {
      return new _Point(p.x, p.y, 1n, modP(p.x * p.y))
    }
    /** RFC8032 5.1.3: Uint8Array to Point. */
    static fromBytes(bytes, zip215 = false) {
      const normed = snapshotBytes(bytes, 'point', LEN)
      const lastByte = normed[31]
      normed[31] = lastByte & ~128
      const y = bytesToNumberLE(normed)
      if (!zip215) arange(y, 0n, P)
      const y2 = modP(y * y)
      const u = mod(y2 - 1n)
      const v = modP(_d * y2 + 1n)
      let { isValid, value: x } = uvRatio(u, v)
      if (!isValid) throw new Error('bad point: y not sqrt')
      const isLastByteOdd = !!(lastByte & 128)
      if (!zip215 && x === 0n && isLastByteOdd) throw new Error('bad point: x==0, isLastByteOdd')
      if (isLastByteOdd !== !!(x & 1n)) x = mod(-x)
      return new _Point(x, y, 1n, modP(x * y))
    }
    static fromHex(hex, zip215) {
      return _Point.fromBytes(hexToBytes(hex), zip215)
    }
    get x() {
      return this.toAffine().x
    }
    get y() {
      return this.toAffine().y
    }
    /** Checks if the point is valid and on-curve. */
    assertValidity() {
      const a = _a
      const d = _d
      const p = this
      if (p.is0()) throw new Error('bad point: ZERO')
      const { X, Y, Z, T } = p
      const X2 = modP(X * X)
      const Y2 = modP(Y * Y)
      const Z2 = modP(Z * Z)
      const Z4 = modP(Z2 * Z2)
      const aX2 = modP(X2 * a)
      const left = modP(Z2 * (aX2 + Y2))
      const right = mod(Z4 + modP(d * modP(X2 * Y2)))
      if (left !== right) throw new Error('bad point: equation left != right (1)')
      const XY = modP(X * Y)
      const ZT = modP(Z * T)
      if (XY !== ZT) throw new Error('bad point: equation left != right (2)')
      return this
    }
    /** Equality check: compare points P&Q. */
    equals(other) {
      const { X: X1, Y: Y1, Z: Z1 } = this
      const { X: X2, Y: Y2, Z: Z2 } = apoint(other)
      return modP(X1 * Z2) === modP(X2 * Z1) && modP(Y1 * Z2) === modP(Y2 * Z1)
    }
    is0() {
      return this.equals(I)
    }
    /** Flip point over y coordinate. */
    negate() {
      return new _Point(mod(-this.X), this.Y, this.Z, mod(-this.T))
    }
    /** Point doubling. Complete formula. Cost: `4M + 4S + 1*a + 6add + 1*2`. */
    double() {
      const { X: X1, Y: Y1, Z: Z1 } = this
      const a = _a
      const A = modP(X1 * X1)
      const B = modP(Y1 * Y1)
      const C = modP(2n * Z1 * Z1)
      const D = modP(a * A)
      const x1y1 = mod(X1 + Y1)
      const E = mod(modP(x1y1 * x1y1) - A - B)
      const G2 = mod(D + B)
      const F = mod(G2 - C)
      const H = mod(D - B)
      const X3 = modP(E * F)
      const Y3 = modP(G2 * H)
      const T3 = modP(E * H)
      const Z3 = modP(F * G2)
      return new _Point(X3, Y3, Z3, T3)
    }
    /** Point addition. Complete formula. Cost: `9M + 1*a + 1*d + 7add`. */
    add(other) {
      const { X: X1, Y: Y1, Z: Z1, T: T1 } = this
      const { X: X2, Y: Y2, Z: Z2, T: T2 } = apoint(other)
      const a = _a
      const d = _d
      const A = modP(X1 * X2)
      const B = modP(Y1 * Y2)
      const C = modP(modP(T1 * d) * T2)
      const D = modP(Z1 * Z2)
      const E = mod(modP(mod(X1 + Y1) * mod(X2 + Y2)) - A - B)
      const F = mod(D - C)
      const G2 = mod(D + C)
      const H = mod(B - modP(a * A))
      const X3 = modP(E * F)
      const Y3 = modP(G2 * H)
      const T3 = modP(E * H)
      const Z3 = modP(F * G2)
      return new _Point(X3, Y3, Z3, T3)
    }
    subtract(other) {
      return this.add(apoint(other).negate())
    }
    /**
     * Point-by-scalar multiplication. Safe mode requires `1 <= n < CURVE.n`.
     * Unsafe mode additionally permits `n = 0` and returns the identity point for that case.
     * Uses {@link wNAF} for base point.
     * Uses fake point to mitigate side-channel leakage.
     * @param n - scalar by which point is multiplied
     * @param safe - safe mode guards against timing attacks; unsafe mode is faster
     */
    multiply(n, safe = true) {
      if (!safe && n === 0n) return I
      arange(n, 1n, N)
      if (!safe && this.is0()) return I
      if (n === 1n) return this
      if (this.equals(G)) return wNAF(n).p
      let p = I
      let f = G
      let d = this
      for (let i = 0; safe ? i < 256 : n > 0n; i++) {
        if (n & 1n) p = p.add(d)
        else if (safe) f = f.add(d)
        d = d.double()
        n >>= 1n
      }
      return p
    }
    multiplyUnsafe(scalar) {
      return this.multiply(scalar, false)
    }
    /** Convert point to 2d xy affine point. (X, Y, Z) ∋ (x=X/Z, y=Y/Z) */
    toAffine() {
      const { X, Y, Z } = this
      if (this.equals(I)) return { x: 0n, y: 1n }
      const iz = invert(Z, P)
      if (modP(Z * iz) !== 1n) throw new Error('invalid inverse')
      return { x: modP(X * iz), y: modP(Y * iz) }
    }
    toBytes() {
      const { x, y } = this.toAffine()
      const b = numTo32bLE(y)
      b[31] |= x & 1n ? 128 : 0
      return b
    }
    toHex() {
      return bytesToHex(this.toBytes())
    }
    clearCofactor() {
      return this.multiply(8n, false)
    }
    isSmallOrder() {
      return this.clearCofactor().is0()
    }
    isTorsionFree() {
      return this.multiply(N / 2n, false)
        .double()
        .add(this)
        .is0()
    }
  }
  var G = new Point(Gx, Gy, 1n, mod(Gx * Gy))
  var I = new Point(0n, 1n, 1n, 0n)
  Point.BASE = G
  Point.ZERO = I
  var numTo32bLE = (num) => hexToBytes(padh(arange(num, 0n, B256), 64)).reverse()
  var bytesToNumberLE = (b) => BigInt('0x' + bytesToHex(Uint8Array.from(abytes(b)).reverse()))
  var pow2 = (x, power) => {
    let r = x
    while (power-- > 0) {
      r = modP(r * r)
    }
    return r
  }
  var pow_2_252_3 = (x) => {
    const x2 = modP(x * x)
    const b2 = modP(x2 * x)
    const b4 = modP(pow2(b2, 2) * b2)
    const b5 = modP(pow2(b4, 1) * x)
    const b10 = modP(pow2(b5, 5) * b5)
    const b20 = modP(pow2(b10, 10) * b10)
    const b40 = modP(pow2(b20, 20) * b20)
    const b80 = modP(pow2(b40, 40) * b40)
    const b160 = modP(pow2(b80, 80) * b80)
    const b240 = modP(pow2(b160, 80) * b80)
    const b250 = modP(pow2(b240, 10) * b10)
    return modP(pow2(b250, 2) * x)
  }
  var RM1 = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n
  var uvRatio = (u, v) => {
    const v3 = modP(v * modP(v * v))
    const v7 = modP(modP(v3 * v3) * v)
    const pow = pow_2_252_3(modP(u * v7))
    let x = modP(u * modP(v3 * pow))
    const vx2 = modP(v * modP(x * x))
    const root1 = x
    const root2 = modP(x * RM1)
    const useRoot1 = vx2 === u
    const useRoot2 = vx2 === mod(-u)
    const noRoot = vx2 === mod(-u * RM1)
    if (useRoot1) x = root1
    if (useRoot2 || noRoot) x = root2
    if ((mod(x) & 1n) === 1n) x = mod(-x)
    return { isValid: useRoot1 || useRoot2, value: x }
  }
  var modL_LE = (hash) => modN(bytesToNumberLE(hash))
  var hashFinishSync = (res) => res[1](callHash('sha512', res[0]))
  var getZip215 = (options) => {
    if (options === null || typeof options !== 'object') throw new TypeError('expected valid options object')
    return options.zip215 ?? true
  }
  var _verify = (sig, msg, publicKey, options) => {
    sig = abytes(sig, 64, 'signature')
    msg = abytes(msg, void 0, 'message')
    publicKey = abytes(publicKey, LEN, 'publicKey')
    const zip215 = getZip215(options)
    const r = sig.subarray(0, LEN)
    const s = bytesToNumberLE(sig.subarray(LEN, 64))
    let A, R, SB
    let hashable = Uint8Array.of()
    let finished = false
    try {
      A = Point.fromBytes(publicKey, zip215)
      R = Point.fromBytes(r, zip215)
      SB = G.multiply(s, false)
      hashable = concatBytes(r, publicKey, msg)
      finished = true
    } catch (error) {}
    const finish = (hashed) => {
      if (!finished) return false
      if (!zip215 && A.isSmallOrder()) return false
      const k = modL_LE(hashed)
      const RkA = R.add(A.multiply(k, false))
      return RkA.subtract(SB).clearCofactor().is0()
    }
    return [hashable, finish]
  }
  var verify = (signature, message, publicKey, opts = {}) => hashFinishSync(_verify(signature, message, publicKey, opts))
  var hashes = {
    sha512Async: async (message) => {
      const s = globalThis?.crypto?.subtle
      if (!s) throw new Error('crypto.subtle must be defined, consider polyfill')
      return new Uint8Array(await s.digest('SHA-512', concatBytes(message)))
    },
    sha512: void 0,
  }
  var precompute = () => {
    const points = []
    let p = G
    let b
    for (let w = 0; w < 33; w++) {
      b = p
      points.push(b)
      for (let i = 1; i < 128; i++) {
        b = b.add(p)
        points.push(b)
      }
      p = b.double()
    }
    return points
  }
  var Gpows = void 0
  var ctneg = (cnd, p) => {
    const n = p.negate()
    return cnd ? n : p
  }
  var wNAF = (n) => {
    const comp = Gpows || (Gpows = precompute())
    let p = I
    let f = G
    for (let w = 0; w < 33; w++) {
      let wbits = Number(n & 255n)
      n >>= 8n
      if (wbits > 128) {
        wbits -= 256
        n += 1n
      }
      const off = w * 128
      const offP = off + Math.abs(wbits) - 1
      const isOddW = w % 2 !== 0
      const isNeg = wbits < 0
      if (wbits === 0) {
        f = f.add(ctneg(isOddW, comp[off]))
      } else {
        p = p.add(ctneg(isNeg, comp[offP]))
      }
    }
    if (n !== 0n) throw new Error('invalid wnaf')
    return { p, f }
  }

  // node_modules/@noble/hashes/_u64.js
  var U32_MASK64 = /* @__PURE__ */ (() => BigInt(2 ** 32 - 1))()
  var _32n = /* @__PURE__ */ BigInt(32)
  function fromBig(n, le = false) {
    if (le) return { h: Number(n & U32_MASK64), l: Number((n >> _32n) & U32_MASK64) }
    return { h: Number((n >> _32n) & U32_MASK64) | 0, l: Number(n & U32_MASK64) | 0 }
  }
  function split(lst, le = false) {
    const len = lst.length
    let Ah = new Uint32Array(len)
    let Al = new Uint32Array(len)
    for (let i = 0; i < len; i++) {
      const { h, l } = fromBig(lst[i], le)
      ;[Ah[i], Al[i]] = [h, l]
    }
    return [Ah, Al]
  }
  var fromNumH = (n) => (n / 2 ** 32) | 0
  var fromNumL = (n) => n >>> 0
  function setU64FromNum(view, byteOffset, n, isLE) {
    const h = fromNumH(n)
    const l = fromNumL(n)
    view.setUint32(byteOffset, isLE ? l : h, isLE)
    view.setUint32(byteOffset + 4, isLE ? h : l, isLE)
  }
  var shrSH = (h, _l, s) => h >>> s
  var shrSL = (h, l, s) => (h << (32 - s)) | (l >>> s)
  var rotrSH = (h, l, s) => (h >>> s) | (l << (32 - s))
  var rotrSL = (h, l, s) => (h << (32 - s)) | (l >>> s)
  var rotrBH = (h, l, s) => (h << (64 - s)) | (l >>> (s - 32))
  var rotrBL = (h, l, s) => (h >>> (s - 32)) | (l << (64 - s))
  function add(Ah, Al, Bh, Bl) {
    const l = (Al >>> 0) + (Bl >>> 0)
    return { h: (Ah + Bh + ((l / 2 ** 32) | 0)) | 0, l: l | 0 }
  }
  var add3L = (Al, Bl, Cl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0)
  var add3H = (low, Ah, Bh, Ch) => (Ah + Bh + Ch + ((low / 2 ** 32) | 0)) | 0
  var add4L = (Al, Bl, Cl, Dl) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0)
  var add4H = (low, Ah, Bh, Ch, Dh) => (Ah + Bh + Ch + Dh + ((low / 2 ** 32) | 0)) | 0
  var add5L = (Al, Bl, Cl, Dl, El) => (Al >>> 0) + (Bl >>> 0) + (Cl >>> 0) + (Dl >>> 0) + (El >>> 0)
  var add5H = (low, Ah, Bh, Ch, Dh, Eh) => (Ah + Bh + Ch + Dh + Eh + ((low / 2 ** 32) | 0)) | 0

  // node_modules/@noble/hashes/utils.js
  function isBytes2(a) {
    return (
      a instanceof Uint8Array ||
      (ArrayBuffer.isView(a) && a.constructor.name === 'Uint8Array' && 'BYTES_PER_ELEMENT' in a && a.BYTES_PER_ELEMENT === 1)
    )
  }
  var atitle = (title) => (title ? `"${title}" ` : '')
  function anumber(n, title = '') {
    if (typeof n !== 'number') throw new TypeError(atitle(title) + 'expected number, got ' + typeof n)
    if (!Number.isSafeInteger(n) || n < 0) throw new RangeError(atitle(title) + 'expected integer >= 0, got ' + n)
    return n
  }
  function abytes2(value, length, title = '') {
    if (isBytes2(value) && (length === void 0 || value.length === length)) return value
    if (length !== void 0) anumber(length, 'length')
    const bytes = isBytes2(value)
    const ofLen = length !== void 0 ? ` of length ${length}` : ''
    const got = bytes ? `length=${value.length}` : `type=${typeof value}`
    const message = atitle(title) + 'expected Uint8Array' + ofLen + ', got ' + got
    if (!bytes) throw new TypeError(message)
    throw new RangeError(message)
  }
  var aobject = (value, label) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value))
      throw new TypeError((label === 'object' ? '' : `"${label}" `) + 'expected object, got type=' + typeof value)
  }
  var aopts = (value, label) => {
    aobject(value, label)
    const proto = Object.getPrototypeOf(value)
    if (proto !== Object.prototype && proto !== null) throw new TypeError(`"${label}" expected plain object`)
    if (Object.hasOwn(value, '__proto__')) throw new TypeError(`"${label}.__proto__" is not allowed`)
  }
  function aexists(instance, checkFinished = true) {
    if (instance.destroyed) throw new Error('hash was destroyed')
    if (checkFinished && instance.finished) throw new Error('digest() was already called')
  }
  function aoutput(out, instance) {
    abytes2(out, void 0, 'output')
    const min = instance.outputLen
    if (!(out.length >= min)) {
      throw new RangeError('"output" expected length >= ' + min)
    }
  }
  function clean(...arrays) {
    for (let i = 0; i < arrays.length; i++) {
      arrays[i].fill(0)
    }
  }
  function createView(arr) {
    return new DataView(arr.buffer, arr.byteOffset, arr.byteLength)
  }
  function rotr(word, shift) {
    return (word << (32 - shift)) | (word >>> shift)
  }
  function checkOpts(defaults, opts, title = 'opts') {
    aopts(defaults, 'defaults')
    if (opts !== void 0) aopts(opts, title)
    const merged = Object.assign(/* @__PURE__ */ Object.create(null), defaults, opts)
    return merged
  }
  function createHasher(hashCons, info = {}) {
    if (typeof hashCons !== 'function') throw new TypeError('"hashCons" expected function, got type=' + typeof hashCons)
    info = checkOpts({}, info, 'info')
    const hashC = (msg, opts) => hashCons(opts).update(msg).digest()
    const tmp = hashCons(void 0)
    hashC.outputLen = tmp.outputLen
    hashC.blockLen = tmp.blockLen
    hashC.canXOF = tmp.canXOF
    hashC.create = (opts) => hashCons(opts)
    Object.assign(hashC, info)
    return Object.freeze(hashC)
  }
  var oidNist = (suffix) => ({
    // Current NIST hashAlgs suffixes used here fit in one DER subidentifier octet.
    // Larger suffix values would need base-128 OID encoding and a different length byte.
    oid: Uint8Array.from([6, 9, 96, 134, 72, 1, 101, 3, 4, 2, suffix]),
  })

  // node_modules/@noble/hashes/_md.js
  function Chi(a, b, c) {
    return (a & b) ^ (~a & c)
  }
  function Maj(a, b, c) {
    return (a & b) ^ (a & c) ^ (b & c)
  }
  var HashMD = class {
    blockLen
    outputLen
    canXOF = false
    padOffset
    isLE
    // For partial updates less than block size
    buffer
    view
    finished = false
    length = 0
    pos = 0
    destroyed = false
    constructor(blockLen, outputLen, padOffset, isLE) {
      this.blockLen = blockLen
      this.outputLen = outputLen
      this.padOffset = padOffset
      this.isLE = isLE
      this.buffer = new Uint8Array(blockLen)
      this.view = createView(this.buffer)
    }
    update(data) {
      aexists(this)
      abytes2(data)
      const { view, buffer, blockLen } = this
      const len = data.length
      let processed = false
      for (let pos = 0; pos < len;) {
        const take = Math.min(blockLen - this.pos, len - pos)
        if (take === blockLen) {
          const dataView = createView(data)
          for (; blockLen <= len - pos; pos += blockLen) this.process(dataView, pos)
          processed = true
          continue
        }
        buffer.set(pos === 0 && take === len ? data : data.subarray(pos, pos + take), this.pos)
        this.pos += take
        pos += take
        if (this.pos === blockLen) {
          this.process(view, 0)
          this.pos = 0
          processed = true
        }
      }
      this.length += data.length
      if (processed) this.roundClean()
      return this
    }
    digestInto(out) {
      aexists(this)
      aoutput(out, this)
      this.finished = true
      const { buffer, view, blockLen, isLE } = this
      let { pos } = this
      buffer[pos++] = 128
      buffer.fill(0, pos)
      if (this.padOffset > blockLen - pos) {
        this.process(view, 0)
        buffer.fill(0)
      }
      setU64FromNum(view, blockLen - 8, this.length * 8, isLE)
      this.process(view, 0)
      this.roundClean()
      const oview = out === buffer ? view : createView(out)
      const len = this.outputLen
      const outLen = len / 4
      const state = this.get()
      if (len % 4 || outLen > state.length) throw new Error('invalid outputLen')
      for (let i = 0; i < outLen; i++) oview.setUint32(4 * i, state[i], isLE)
    }
    digest() {
      const { buffer, outputLen } = this
      this.digestInto(buffer)
      const res = buffer.slice(0, outputLen)
      this.destroy()
      return res
    }
    _cloneIntoMeta(to) {
      const { buffer, length, finished, destroyed, pos } = this
      to.destroyed = destroyed
      to.finished = finished
      to.length = length
      to.pos = pos
      if (pos) to.buffer.set(buffer)
      return to
    }
    clone() {
      return this._cloneInto()
    }
  }
  var SHA256_IV = /* @__PURE__ */ Uint32Array.from([
    1779033703, 3144134277, 1013904242, 2773480762, 1359893119, 2600822924, 528734635, 1541459225,
  ])
  var SHA512_IV = /* @__PURE__ */ Uint32Array.from([
    1779033703, 4089235720, 3144134277, 2227873595, 1013904242, 4271175723, 2773480762, 1595750129, 1359893119, 2917565137, 2600822924,
    725511199, 528734635, 4215389547, 1541459225, 327033209,
  ])

  // node_modules/@noble/hashes/sha2.js
  var SHA256_K = /* @__PURE__ */ Uint32Array.from([
    1116352408, 1899447441, 3049323471, 3921009573, 961987163, 1508970993, 2453635748, 2870763221, 3624381080, 310598401, 607225278,
    1426881987, 1925078388, 2162078206, 2614888103, 3248222580, 3835390401, 4022224774, 264347078, 604807628, 770255983, 1249150122,
    1555081692, 1996064986, 2554220882, 2821834349, 2952996808, 3210313671, 3336571891, 3584528711, 113926993, 338241895, 666307205,
    773529912, 1294757372, 1396182291, 1695183700, 1986661051, 2177026350, 2456956037, 2730485921, 2820302411, 3259730800, 3345764771,
    3516065817, 3600352804, 4094571909, 275423344, 430227734, 506948616, 659060556, 883997877, 958139571, 1322822218, 1537002063,
    1747873779, 1955562222, 2024104815, 2227730452, 2361852424, 2428436474, 2756734187, 3204031479, 3329325298,
  ])
  var SHA256_W = /* @__PURE__ */ new Uint32Array(64)
  var SHA2_32B = class extends HashMD {
    // We cannot use array here since array allows indexing by variable
    // which means optimizer/compiler cannot use registers.
    // Numeric initializers matter: starting the fields as `undefined` changes
    // V8's field representation and makes sha256 3x slower (measured).
    A = 0
    B = 0
    C = 0
    D = 0
    E = 0
    F = 0
    G = 0
    H = 0
    constructor(outputLen, IV) {
      super(64, outputLen, 8, false)
      this.A = IV[0] | 0
      this.B = IV[1] | 0
      this.C = IV[2] | 0
      this.D = IV[3] | 0
      this.E = IV[4] | 0
      this.F = IV[5] | 0
      this.G = IV[6] | 0
      this.H = IV[7] | 0
    }
    get() {
      const { A, B, C, D, E, F, G: G2, H } = this
      return [A, B, C, D, E, F, G2, H]
    }
    // prettier-ignore
    set(A, B, C, D, E, F, G2, H) {
      this.A = A | 0;
      this.B = B | 0;
      this.C = C | 0;
      this.D = D | 0;
      this.E = E | 0;
      this.F = F | 0;
      this.G = G2 | 0;
      this.H = H | 0;
    }
    _cloneInto(to) {
      ;(to ||= new this.constructor()).set(...this.get())
      return this._cloneIntoMeta(to)
    }
    process(view, offset) {
      for (let i = 0; i < 16; i++, offset += 4) SHA256_W[i] = view.getUint32(offset, false)
      for (let i = 16; i < 64; i++) {
        const W15 = SHA256_W[i - 15]
        const W2 = SHA256_W[i - 2]
        const s0 = rotr(W15, 7) ^ rotr(W15, 18) ^ (W15 >>> 3)
        const s1 = rotr(W2, 17) ^ rotr(W2, 19) ^ (W2 >>> 10)
        SHA256_W[i] = (s1 + SHA256_W[i - 7] + s0 + SHA256_W[i - 16]) | 0
      }
      let { A, B, C, D, E, F, G: G2, H } = this
      for (let i = 0; i < 64; i++) {
        const sigma1 = rotr(E, 6) ^ rotr(E, 11) ^ rotr(E, 25)
        const T1 = (H + sigma1 + Chi(E, F, G2) + SHA256_K[i] + SHA256_W[i]) | 0
        const sigma0 = rotr(A, 2) ^ rotr(A, 13) ^ rotr(A, 22)
        const T2 = (sigma0 + Maj(A, B, C)) | 0
        H = G2
        G2 = F
        F = E
        E = (D + T1) | 0
        D = C
        C = B
        B = A
        A = (T1 + T2) | 0
      }
      A = (A + this.A) | 0
      B = (B + this.B) | 0
      C = (C + this.C) | 0
      D = (D + this.D) | 0
      E = (E + this.E) | 0
      F = (F + this.F) | 0
      G2 = (G2 + this.G) | 0
      H = (H + this.H) | 0
      this.set(A, B, C, D, E, F, G2, H)
    }
    roundClean() {
      clean(SHA256_W)
    }
    destroy() {
      this.destroyed = true
      this.set(0, 0, 0, 0, 0, 0, 0, 0)
      clean(this.buffer)
    }
  }
  var _SHA256 = class extends SHA2_32B {
    constructor() {
      super(32, SHA256_IV)
    }
  }
  var K512 = /* @__PURE__ */ (() =>
    split(
      [
        '0x428a2f98d728ae22',
        '0x7137449123ef65cd',
        '0xb5c0fbcfec4d3b2f',
        '0xe9b5dba58189dbbc',
        '0x3956c25bf348b538',
        '0x59f111f1b605d019',
        '0x923f82a4af194f9b',
        '0xab1c5ed5da6d8118',
        '0xd807aa98a3030242',
        '0x12835b0145706fbe',
        '0x243185be4ee4b28c',
        '0x550c7dc3d5ffb4e2',
        '0x72be5d74f27b896f',
        '0x80deb1fe3b1696b1',
        '0x9bdc06a725c71235',
        '0xc19bf174cf692694',
        '0xe49b69c19ef14ad2',
        '0xefbe4786384f25e3',
        '0x0fc19dc68b8cd5b5',
        '0x240ca1cc77ac9c65',
        '0x2de92c6f592b0275',
        '0x4a7484aa6ea6e483',
        '0x5cb0a9dcbd41fbd4',
        '0x76f988da831153b5',
        '0x983e5152ee66dfab',
        '0xa831c66d2db43210',
        '0xb00327c898fb213f',
        '0xbf597fc7beef0ee4',
        '0xc6e00bf33da88fc2',
        '0xd5a79147930aa725',
        '0x06ca6351e003826f',
        '0x142929670a0e6e70',
        '0x27b70a8546d22ffc',
        '0x2e1b21385c26c926',
        '0x4d2c6dfc5ac42aed',
        '0x53380d139d95b3df',
        '0x650a73548baf63de',
        '0x766a0abb3c77b2a8',
        '0x81c2c92e47edaee6',
        '0x92722c851482353b',
        '0xa2bfe8a14cf10364',
        '0xa81a664bbc423001',
        '0xc24b8b70d0f89791',
        '0xc76c51a30654be30',
        '0xd192e819d6ef5218',
        '0xd69906245565a910',
        '0xf40e35855771202a',
        '0x106aa07032bbd1b8',
        '0x19a4c116b8d2d0c8',
        '0x1e376c085141ab53',
        '0x2748774cdf8eeb99',
        '0x34b0bcb5e19b48a8',
        '0x391c0cb3c5c95a63',
        '0x4ed8aa4ae3418acb',
        '0x5b9cca4f7763e373',
        '0x682e6ff3d6b2b8a3',
        '0x748f82ee5defb2fc',
        '0x78a5636f43172f60',
        '0x84c87814a1f0ab72',
        '0x8cc702081a6439ec',
        '0x90befffa23631e28',
        '0xa4506cebde82bde9',
        '0xbef9a3f7b2c67915',
        '0xc67178f2e372532b',
        '0xca273eceea26619c',
        '0xd186b8c721c0c207',
        '0xeada7dd6cde0eb1e',
        '0xf57d4f7fee6ed178',
        '0x06f067aa72176fba',
        '0x0a637dc5a2c898a6',
        '0x113f9804bef90dae',
        '0x1b710b35131c471b',
        '0x28db77f523047d84',
        '0x32caab7b40c72493',
        '0x3c9ebe0a15c9bebc',
        '0x431d67c49c100d4c',
        '0x4cc5d4becb3e42b6',
        '0x597f299cfc657e2a',
        '0x5fcb6fab3ad6faec',
        '0x6c44198c4a475817',
      ].map((n) => BigInt(n)),
    ))()
  var SHA512_Kh = /* @__PURE__ */ (() => K512[0])()
  var SHA512_Kl = /* @__PURE__ */ (() => K512[1])()
  var SHA512_W_H = /* @__PURE__ */ new Uint32Array(80)
  var SHA512_W_L = /* @__PURE__ */ new Uint32Array(80)
  var SHA2_64B = class extends HashMD {
    // We cannot use array here since array allows indexing by variable
    // which means optimizer/compiler cannot use registers.
    // h -- high 32 bits, l -- low 32 bits
    // Numeric initializers matter: starting the fields as `undefined` changes
    // V8's field representation and slows hashing down (measured on sha256).
    Ah = 0
    Al = 0
    Bh = 0
    Bl = 0
    Ch = 0
    Cl = 0
    Dh = 0
    Dl = 0
    Eh = 0
    El = 0
    Fh = 0
    Fl = 0
    Gh = 0
    Gl = 0
    Hh = 0
    Hl = 0
    constructor(outputLen, IV) {
      super(128, outputLen, 16, false)
      this.Ah = IV[0] | 0
      this.Al = IV[1] | 0
      this.Bh = IV[2] | 0
      this.Bl = IV[3] | 0
      this.Ch = IV[4] | 0
      this.Cl = IV[5] | 0
      this.Dh = IV[6] | 0
      this.Dl = IV[7] | 0
      this.Eh = IV[8] | 0
      this.El = IV[9] | 0
      this.Fh = IV[10] | 0
      this.Fl = IV[11] | 0
      this.Gh = IV[12] | 0
      this.Gl = IV[13] | 0
      this.Hh = IV[14] | 0
      this.Hl = IV[15] | 0
    }
    // prettier-ignore
    get() {
      const { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this;
      return [Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl];
    }
    // prettier-ignore
    set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl) {
      this.Ah = Ah | 0;
      this.Al = Al | 0;
      this.Bh = Bh | 0;
      this.Bl = Bl | 0;
      this.Ch = Ch | 0;
      this.Cl = Cl | 0;
      this.Dh = Dh | 0;
      this.Dl = Dl | 0;
      this.Eh = Eh | 0;
      this.El = El | 0;
      this.Fh = Fh | 0;
      this.Fl = Fl | 0;
      this.Gh = Gh | 0;
      this.Gl = Gl | 0;
      this.Hh = Hh | 0;
      this.Hl = Hl | 0;
    }
    _cloneInto(to) {
      ;(to ||= new this.constructor()).set(...this.get())
      return this._cloneIntoMeta(to)
    }
    process(view, offset) {
      for (let i = 0; i < 16; i++, offset += 4) {
        SHA512_W_H[i] = view.getUint32(offset)
        SHA512_W_L[i] = view.getUint32((offset += 4))
      }
      for (let i = 16; i < 80; i++) {
        const W15h = SHA512_W_H[i - 15] | 0
        const W15l = SHA512_W_L[i - 15] | 0
        const s0h = rotrSH(W15h, W15l, 1) ^ rotrSH(W15h, W15l, 8) ^ shrSH(W15h, W15l, 7)
        const s0l = rotrSL(W15h, W15l, 1) ^ rotrSL(W15h, W15l, 8) ^ shrSL(W15h, W15l, 7)
        const W2h = SHA512_W_H[i - 2] | 0
        const W2l = SHA512_W_L[i - 2] | 0
        const s1h = rotrSH(W2h, W2l, 19) ^ rotrBH(W2h, W2l, 61) ^ shrSH(W2h, W2l, 6)
        const s1l = rotrSL(W2h, W2l, 19) ^ rotrBL(W2h, W2l, 61) ^ shrSL(W2h, W2l, 6)
        const SUMl = add4L(s0l, s1l, SHA512_W_L[i - 7], SHA512_W_L[i - 16])
        const SUMh = add4H(SUMl, s0h, s1h, SHA512_W_H[i - 7], SHA512_W_H[i - 16])
        SHA512_W_H[i] = SUMh | 0
        SHA512_W_L[i] = SUMl | 0
      }
      let { Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl } = this
      for (let i = 0; i < 80; i++) {
        const sigma1h = rotrSH(Eh, El, 14) ^ rotrSH(Eh, El, 18) ^ rotrBH(Eh, El, 41)
        const sigma1l = rotrSL(Eh, El, 14) ^ rotrSL(Eh, El, 18) ^ rotrBL(Eh, El, 41)
        const CHIh = (Eh & Fh) ^ (~Eh & Gh)
        const CHIl = (El & Fl) ^ (~El & Gl)
        const T1ll = add5L(Hl, sigma1l, CHIl, SHA512_Kl[i], SHA512_W_L[i])
        const T1h = add5H(T1ll, Hh, sigma1h, CHIh, SHA512_Kh[i], SHA512_W_H[i])
        const T1l = T1ll | 0
        const sigma0h = rotrSH(Ah, Al, 28) ^ rotrBH(Ah, Al, 34) ^ rotrBH(Ah, Al, 39)
        const sigma0l = rotrSL(Ah, Al, 28) ^ rotrBL(Ah, Al, 34) ^ rotrBL(Ah, Al, 39)
        const MAJh = (Ah & Bh) ^ (Ah & Ch) ^ (Bh & Ch)
        const MAJl = (Al & Bl) ^ (Al & Cl) ^ (Bl & Cl)
        Hh = Gh | 0
        Hl = Gl | 0
        Gh = Fh | 0
        Gl = Fl | 0
        Fh = Eh | 0
        Fl = El | 0
        ;({ h: Eh, l: El } = add(Dh | 0, Dl | 0, T1h | 0, T1l | 0))
        Dh = Ch | 0
        Dl = Cl | 0
        Ch = Bh | 0
        Cl = Bl | 0
        Bh = Ah | 0
        Bl = Al | 0
        const All = add3L(T1l, sigma0l, MAJl)
        Ah = add3H(All, T1h, sigma0h, MAJh)
        Al = All | 0
      }
      ;({ h: Ah, l: Al } = add(this.Ah | 0, this.Al | 0, Ah | 0, Al | 0))
      ;({ h: Bh, l: Bl } = add(this.Bh | 0, this.Bl | 0, Bh | 0, Bl | 0))
      ;({ h: Ch, l: Cl } = add(this.Ch | 0, this.Cl | 0, Ch | 0, Cl | 0))
      ;({ h: Dh, l: Dl } = add(this.Dh | 0, this.Dl | 0, Dh | 0, Dl | 0))
      ;({ h: Eh, l: El } = add(this.Eh | 0, this.El | 0, Eh | 0, El | 0))
      ;({ h: Fh, l: Fl } = add(this.Fh | 0, this.Fl | 0, Fh | 0, Fl | 0))
      ;({ h: Gh, l: Gl } = add(this.Gh | 0, this.Gl | 0, Gh | 0, Gl | 0))
      ;({ h: Hh, l: Hl } = add(this.Hh | 0, this.Hl | 0, Hh | 0, Hl | 0))
      this.set(Ah, Al, Bh, Bl, Ch, Cl, Dh, Dl, Eh, El, Fh, Fl, Gh, Gl, Hh, Hl)
    }
    roundClean() {
      clean(SHA512_W_H, SHA512_W_L)
    }
    destroy() {
      this.destroyed = true
      clean(this.buffer)
      this.set(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    }
  }
  var _SHA512 = class extends SHA2_64B {
    constructor() {
      super(64, SHA512_IV)
    }
  }
  var sha256 = /* @__PURE__ */ createHasher(() => new _SHA256(), /* @__PURE__ */ oidNist(1))
  var sha512 = /* @__PURE__ */ createHasher(() => new _SHA512(), /* @__PURE__ */ oidNist(3))

  // scripts/browser-platform.mjs
  hashes.sha512 = sha512
  function sha2562(...parts) {
    const hash = sha256.create()
    for (const part of parts) hash.update(part)
    return hash.digest()
  }
  function isEd25519(publicKey, message, signature) {
    try {
      return verify(signature, message, publicKey, { zip215: false })
    } catch {
      return false
    }
  }
  var toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
  function decodeBase64(text) {
    try {
      return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0))
    } catch {
      return new Uint8Array()
    }
  }

  // lib/events/commitment.ts
  function commit(field, salt, text) {
    if (salt.length !== 32) throw new RangeError('a salt has 32 bytes')
    return toHex(sha2562(utf8(`tung-dong/${field}/v1\0`), salt, utf8(text)))
  }

  // lib/public-log/log-key.ts
  var speaksFor = ({ lastSize }, size) => lastSize === null || size <= lastSize

  // lib/tlog/base64.ts
  function fromBase64(text) {
    const bytes = decodeBase64(text)
    return toBase64(bytes) === text ? bytes : null
  }

  // lib/tlog/hash.ts
  var HASH_BYTES = 32
  var LEAF = new Uint8Array([0])
  var NODE = new Uint8Array([1])
  var EMPTY_ROOT = sha2562()
  var leafHash = (entry) => sha2562(LEAF, entry)
  var nodeHash = (left, right) => sha2562(NODE, left, right)
  var isSameHash = (a, b) => a.length === b.length && a.every((byte, index) => byte === b[index])

  // lib/tlog/checkpoint.ts
  function parseCheckpoint(text) {
    const [origin = '', size = '', encoded = '', ...further] = text.split('\n')
    const root = fromBase64(encoded)
    const isEnded = further.pop() === '' && further.every((line) => line !== '')
    if (!isEnded || origin === '' || !isDecimal(size) || root?.length !== HASH_BYTES) return null
    return { origin, size: Number(size), root }
  }
  var isDecimal = (text) => /^(?:0|[1-9][0-9]{0,15})$/.test(text) && Number.isSafeInteger(Number(text))

  // lib/tlog/keys.ts
  var SIGNATURE_TYPES = { note: 1, cosignature: 4 }
  var KEY_BYTES = 32
  var SIGNATURE_BYTES = 64
  function parseVerifierKey(text) {
    const [, name = '', id = '', encoded = ''] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(text) ?? []
    const key = readTyped(encoded)
    if (!key || !isKeyName(name)) return null
    const made = { name, id: keyId(name, key.type, key.bytes), type: key.type, publicKey: key.bytes }
    return hexId(made.id) === id ? made : null
  }
  var isSignedBy = ({ publicKey }, message, signature) => signature.length === SIGNATURE_BYTES && isEd25519(publicKey, message, signature)
  var isKeyName = (name) => name !== '' && !/[\s+\p{Cc}]/u.test(name)
  function keyId(name, type, publicKey) {
    const { buffer, byteOffset } = sha2562(
      utf8(`${name}
`),
      withType(type, publicKey),
    )
    return new DataView(buffer, byteOffset).getUint32(0)
  }
  var hexId = (id) => id.toString(16).padStart(8, '0')
  var withType = (type, key) => joined(new Uint8Array([SIGNATURE_TYPES[type]]), key)
  function readTyped(encoded) {
    const bytes = fromBase64(encoded)
    if (bytes?.length !== 1 + KEY_BYTES) return null
    if (bytes[0] === SIGNATURE_TYPES.note) return { type: 'note', bytes: bytes.subarray(1) }
    return bytes[0] === SIGNATURE_TYPES.cosignature ? { type: 'cosignature', bytes: bytes.subarray(1) } : null
  }

  // lib/tlog/note.ts
  var MAX_SIGNATURES = 100
  var TIMESTAMP_BYTES = 8
  function parseNote(note) {
    if (/[\u0000-\u0009\u000b-\u001f\ufffd]/.test(note)) return null
    const split2 = note.lastIndexOf('\n\n')
    if (split2 < 0 || !note.endsWith('\n')) return null
    const signatures = parseSignatures(note.slice(split2 + 2))
    return signatures && signatures.length > 0 ? { text: note.slice(0, split2 + 1), signatures } : null
  }
  function parseSignatures(lines) {
    if (!lines.endsWith('\n')) return null
    const all = lines.slice(0, -1).split('\n')
    if (all.length > MAX_SIGNATURES) return null
    const read2 = all.map((line) => {
      const [, name = '', encoded = ''] = /^\u2014 ([^ ]+) ([^ ]+)$/.exec(line) ?? []
      const bytes = fromBase64(encoded)
      if (!isKeyName(name) || !bytes || bytes.length <= 4) return null
      return { name, keyId: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), bytes: bytes.subarray(4) }
    })
    const signatures = read2.filter((one) => one !== null)
    return signatures.length === read2.length ? signatures : null
  }
  function openNote(note, trusted) {
    const parsed = parseNote(note)
    if (!parsed) return { ok: false, why: 'malformed' }
    const verified = []
    for (const signature of parsed.signatures) {
      const key = trusted.find(({ name, id }) => name === signature.name && id === signature.keyId)
      if (!key || verified.some((one) => one.key === key)) continue
      const timestamp = verifiedTime(parsed.text, signature, key)
      if (timestamp === void 0) return { ok: false, why: 'bad_signature' }
      verified.push({ key, timestamp })
    }
    return verified.length === 0 ? { ok: false, why: 'unsigned' } : { ok: true, text: parsed.text, verified }
  }
  function verifiedTime(text, { bytes }, key) {
    if (key.type === 'note') return isSignedBy(key, utf8(text), bytes) ? null : void 0
    if (bytes.length !== TIMESTAMP_BYTES + SIGNATURE_BYTES) return void 0
    const timestamp = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0)
    if (timestamp >= 2n ** 63n) return void 0
    return isSignedBy(key, cosignedMessage(text, timestamp), bytes.subarray(TIMESTAMP_BYTES)) ? timestamp : void 0
  }
  var cosignedMessage = (text, timestamp) =>
    utf8(`cosignature/v1
time ${timestamp}
${text}`)

  // lib/tlog/proofs.ts
  function isIncluded(index, size, leaf, proof, root) {
    if (!isCount(index) || !isCount(size) || index >= size || ![leaf, ...proof].every(isHash)) return false
    let node = index
    let last = size - 1
    let hash = leaf
    for (const sibling of proof) {
      if (last === 0) return false
      if (node % 2 === 1 || node === last) {
        hash = nodeHash(sibling, hash)
        while (node % 2 === 0 && node !== 0) [node, last] = [node / 2, half(last)]
      } else {
        hash = nodeHash(hash, sibling)
      }
      ;[node, last] = [half(node), half(last)]
    }
    return last === 0 && isSameHash(hash, root)
  }
  var isCount = (value) => Number.isSafeInteger(value) && value >= 0
  var isHash = (bytes) => bytes.length === HASH_BYTES
  var half = (value) => Math.floor(value / 2)

  // lib/tlog/tlog-proof.ts
  var HEADER = 'c2sp.org/tlog-proof@v1'
  var MAX_HASHES = 63
  function parseProof(text) {
    const split2 = text.indexOf('\n\n')
    if (split2 < 0) return null
    const [header, ...lines] = text.slice(0, split2).split('\n')
    if (header !== HEADER) return null
    const extra = lines[0]?.startsWith('extra ') ? fromBase64((lines.shift() ?? '').slice('extra '.length)) : null
    const [, index = ''] = /^index (.+)$/.exec(lines.shift() ?? '') ?? []
    const hashes2 = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES)
    if (!isDecimal(index) || hashes2.length !== lines.length || hashes2.length > MAX_HASHES) return null
    return { extra, index: Number(index), hashes: hashes2.filter((hash) => hash !== null), checkpoint: text.slice(split2 + 2) }
  }
  function verifyProof(text, entry, { origin, trusted }) {
    const proof = parseProof(text)
    if (!proof) return { ok: false, why: 'malformed' }
    const opened = openNote(proof.checkpoint, trusted)
    if (!opened.ok) return opened
    const checkpoint = parseCheckpoint(opened.text)
    if (!checkpoint) return { ok: false, why: 'malformed' }
    if (checkpoint.origin !== origin) return { ok: false, why: 'other_log' }
    if (!opened.verified.some(({ key }) => key.type === 'note')) return { ok: false, why: 'unsigned' }
    if (!isIncluded(proof.index, checkpoint.size, leafHash(entry), proof.hashes, checkpoint.root)) return { ok: false, why: 'not_included' }
    return { ok: true, index: proof.index, checkpoint, verified: opened.verified }
  }

  // lib/receipts/entry-facts.ts
  function readEntryFacts(body) {
    const leaf = readObject(body)
    if (!leaf || typeof leaf['kind'] !== 'string' || typeof leaf['day'] !== 'string') return null
    const facts2 = isObject(leaf['facts']) ? leaf['facts'] : {}
    return {
      ...{ kind: leaf['kind'], day: leaf['day'], fund: textOf(leaf['fund']), pot: textOf(leaf['pot']) },
      ...{ line: typeof leaf['line'] === 'number' ? String(leaf['line']) : null, toldBy: textOf(leaf['toldBy']) },
      ...{ amountVnd: countOf(leaf['amountVnd']), units: countOf(leaf['units']) },
      ...{ item: typeof facts2['item'] === 'number' ? String(facts2['item']) : null },
      ...{ code: textOf(facts2['code']), via: textOf(facts2['via']), receipt: textOf(facts2['receipt']) },
      ...{ nameCommitment: textOf(facts2['nameCommitment']), sha256: textOf(facts2['sha256']) },
    }
  }
  var textOf = (value) => (typeof value === 'string' ? value : null)
  var isObject = (value) => typeof value === 'object' && value !== null
  var countOf = (value) => (typeof value === 'string' && /^\d{1,20}$/.test(value) ? BigInt(value) : null)
  function readObject(json) {
    try {
      const value = JSON.parse(json)
      return isObject(value) ? value : null
    } catch {
      return null
    }
  }

  // lib/receipts/model.ts
  var PAPER_MARK = 'tung-dong/sealed-paper'
  var MOST_CHECKED_BYTES = 8 * 1024 * 1024

  // lib/receipts/printed.ts
  var PRINTED = '{"prints":"tung-dong/printed/v'
  var [OF_ONE, OF_SEVERAL] = [`${PRINTED}1"`, `${PRINTED}2"`]
  var ALWAYS = ['day', 'amountVnd', 'units', 'item']
  var IF_PRINTED = ['via', 'receipt']
  function compareWithLog(file, entries) {
    const { gifts: printed, ...paper } = readObject(file) ?? {}
    const gifts = Array.isArray(printed) ? printed.map((gift) => readGift(gift, textOf(paper['code']))) : null
    if (!gifts || gifts.some(({ code }) => code === null)) return 'unreadable'
    if (gifts.length !== entries.length) return { field: 'count', printed: String(gifts.length), logged: String(entries.length) }
    const left = new Map(entries.map(({ index, facts: facts2 }) => [String(index), facts2]))
    let sumVnd = 0n
    for (const gift of gifts) {
      const facts2 = left.get(gift.entry ?? '')
      if (!facts2) return { field: 'entry', printed: gift.entry, logged: null }
      left.delete(gift.entry ?? '')
      const fields = [...ALWAYS, ...IF_PRINTED.filter((field) => gift[field] !== null)]
      const all = [
        { field: 'code', printed: gift.code, logged: facts2.code },
        { field: 'fund', printed: textOf(paper['fund']), logged: facts2.fund },
        ...fields.map((field) => ({ field, printed: gift[field], logged: facts2[field] === null ? null : String(facts2[field]) })),
      ]
      const other = all.find(({ printed: printed2, logged }) => printed2 !== logged)
      if (other) return other
      sumVnd += facts2.amountVnd ?? 0n
    }
    const totalVnd = textOf(paper['totalVnd'])
    return totalVnd === null || totalVnd === String(sumVnd) ? 'same' : { field: 'totalVnd', printed: totalVnd, logged: String(sumVnd) }
  }
  function readGift(gift, code) {
    const of = (field) => (isObject(gift) ? textOf(gift[field]) : null)
    return {
      ...{ code: of('code') ?? code, entry: of('entry'), day: of('day'), amountVnd: of('amountVnd'), units: of('units') },
      ...{ item: of('item'), via: of('via'), receipt: of('receipt') },
    }
  }

  // lib/receipts/sealed.ts
  var SEAL_MARK = '%tung-dong-seal '
  var LONGEST_SEAL = 1024
  var sealText = (name, content) => `${name}
${toBase64(sha2562(content))}
`
  function readSeal(file, keys) {
    const tail = file.subarray(-LONGEST_SEAL)
    const text = latin1(tail)
    const at = text.lastIndexOf(SEAL_MARK)
    if (at < 0) return 'missing'
    const [, encoded = ''] = /^([A-Za-z0-9+/]+=*)\n$/.exec(text.slice(at + SEAL_MARK.length)) ?? []
    const note = encoded === '' ? '' : decoded(encoded)
    const opened = openNote(note, keys)
    if (!opened.ok) return opened.why === 'unsigned' ? 'unknown' : 'broken'
    const content = file.subarray(0, file.length - tail.length + at)
    return opened.verified.some(({ key }) => opened.text === sealText(key.name, content)) ? 'whole' : 'broken'
  }
  function latin1(bytes) {
    const parts = []
    for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
    return parts.join('')
  }
  function decoded(encoded) {
    const bytes = fromBase64(encoded)
    return bytes === null ? '' : new TextDecoder().decode(bytes)
  }

  // lib/receipts/check.ts
  var PDF = '%PDF-'
  var PDF_WITHIN = 1024
  var PROOF = 'c2sp.org/tlog-proof@v1\n'
  var OPENING = '{"opens":'
  var MARKS = [PAPER_MARK, SEAL_MARK, '.tlog-proof']
  var GIFT_KINDS = ['donation', 'goods_received']
  var MOST_PROOFS = 400
  var [BEGIN, END] = ['stream\n', '\nendstream']
  function checkFile(bytes, trust) {
    const proof = readAsProof(bytes)
    if (proof !== null) return { kind: 'proof', entry: checkProof(proof, trust) }
    if (!latin1(bytes.subarray(0, PDF_WITHIN)).includes(PDF)) return { kind: 'file', sha256: toHex(sha2562(bytes)) }
    const text = latin1(bytes)
    const { proofs, openings, printed } = embeddedIn(text)
    const isOurs = proofs.length > 0 || openings.length > 0 || printed !== null || MARKS.some((mark) => text.includes(mark))
    if (!isOurs) return { kind: 'file', sha256: toHex(sha2562(bytes)) }
    const entries = proofs.length > MOST_PROOFS ? [{ ok: false, why: 'too_many', body: null }] : proofs.map((one) => checkGift(one, trust))
    return {
      kind: 'paper',
      seal: readSeal(bytes, trust.sealKeys),
      entries,
      page:
        printed === null
          ? 'untold'
          : compareWithLog(
              printed,
              entries.filter((entry) => entry.ok),
            ),
      name: openings.length === 0 ? null : checkName(openings, entries),
    }
  }
  function readAsProof(bytes) {
    const isProof = (text2) => text2.trimStart().replaceAll('\r\n', '\n').startsWith(PROOF)
    if (!isProof(decoded2(bytes.subarray(0, PDF_WITHIN)))) return null
    const text = decoded2(bytes).trimStart().replaceAll('\r\n', '\n')
    let end = text.length
    while (text[end - 1] === '\n' && text[end - 2] === '\n') end -= 1
    return text.slice(0, end)
  }
  function embeddedIn(text) {
    const [proofs, openings] = [[], []]
    let printed = null
    let at = text.indexOf(BEGIN)
    while (at >= 0 && proofs.length <= MOST_PROOFS && openings.length <= MOST_PROOFS) {
      const from = at + BEGIN.length
      const isProof = text.startsWith(PROOF, from)
      const other = text.startsWith(OPENING, from) ? 'opening' : text.startsWith(PRINTED, from) ? 'printed' : null
      let next = from
      if (isProof || other !== null) {
        const end = text.indexOf(END, from)
        if (end < 0) break
        const part = decoded2(Uint8Array.from(text.slice(from, end), (sign) => sign.charCodeAt(0)))
        if (isProof) proofs.push(part)
        else if (other === 'opening') openings.push(part)
        else printed ??= part
        next = end + END.length
      }
      at = text.indexOf(BEGIN, next)
    }
    return { proofs, openings, printed }
  }
  function checkGift(proof, trust) {
    const entry = checkProof(proof, trust)
    return !entry.ok || GIFT_KINDS.includes(entry.facts.kind) ? entry : { ok: false, why: 'no_gift', body: entry.body }
  }
  function checkProof(proof, { origin, logKeys, witnessKeys }) {
    const entry = parseProof(proof)?.extra ?? null
    const body = entry && decoded2(entry)
    if (!entry || body === null) return { ok: false, why: 'malformed', body: null }
    const verified = verifyProof(proof, entry, { origin, trusted: [...logKeys, ...witnessKeys] })
    const facts2 = readEntryFacts(body)
    if (!verified.ok) return { ok: false, why: verified.why, body }
    if (!facts2) return { ok: false, why: 'malformed', body }
    const { index, checkpoint } = verified
    const signers = logKeys.filter((key) => verified.verified.some((one) => one.key === key) && speaksFor(key, checkpoint.size))
    if (signers.length === 0) return { ok: false, why: 'key_ended', body }
    const former = signers.every(({ lastSize }) => lastSize !== null) ? 'not_asked' : null
    const witnesses = verified.verified.flatMap(({ key, timestamp }) => (timestamp === null ? [] : [{ name: key.name, timestamp }]))
    return { ok: true, index, size: checkpoint.size, root: toHex(checkpoint.root), former, witnesses, body, facts: facts2 }
  }
  function checkShown(proof, shown, asked, trust) {
    const entry = checkProof(proof, trust)
    if (!entry.ok) return entry
    const isShown = entry.index === shown.index && entry.body === shown.body
    const isAsked = asked === null || asked.numbers === null || asked.numbers.includes(BigInt(entry.index))
    return isShown && isAsked ? checkOfCode(entry, asked?.code ?? null) : { ok: false, why: 'other_entry', body: entry.body }
  }
  var checkOfCode = (entry, code) =>
    !entry.ok || code === null || entry.facts.code === code ? entry : { ok: false, why: 'other_code', body: entry.body }
  var isProven = (entry) => entry.ok && (entry.former !== 'not_asked' || entry.witnesses.length > 0)
  var isRight = (checked) =>
    checked.kind === 'proof'
      ? isProven(checked.entry)
      : checked.kind === 'paper' &&
        checked.seal === 'whole' &&
        checked.entries.length > 0 &&
        checked.entries.every(isProven) &&
        checked.page === 'same' &&
        checked.name?.isRight !== false
  function checkName(openings, entries) {
    const names = openings.map(strings)
    const opened = names.map(({ salt, text }) =>
      salt === void 0 || text === void 0 || !/^[0-9a-f]{64}$/.test(salt) ? null : commit('name', fromHex(salt), text),
    )
    const logged = entries.flatMap((entry) => (entry.ok && entry.facts.nameCommitment !== null ? [entry.facts.nameCommitment] : []))
    return {
      text: [...new Set(names.map(({ text }) => text ?? ''))].join(' · '),
      isRight: opened.every((commitment) => commitment !== null && logged.includes(commitment)),
      count: logged.filter((commitment) => opened.includes(commitment)).length,
    }
  }
  var strings = (json) =>
    Object.fromEntries(Object.entries(readObject(json) ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])))
  var decoded2 = (bytes) => new TextDecoder().decode(bytes)

  // lib/receipts/held.ts
  async function holdEntry(entry, ask) {
    if (!entry.ok || entry.former === null) return entry
    const root = await ask(entry.size)
    if (root === 'not_asked') return entry
    return root === entry.root ? { ...entry, former: 'published' } : { ok: false, why: 'not_published', body: entry.body }
  }
  async function holdChecked(checked, ask) {
    const asked = /* @__PURE__ */ new Map()
    const once = (size) => {
      const answer = asked.get(size) ?? ask(size)
      asked.set(size, answer)
      return answer
    }
    if (checked.kind === 'file') return checked
    if (checked.kind === 'proof') return { ...checked, entry: await holdEntry(checked.entry, once) }
    return { ...checked, entries: await Promise.all(checked.entries.map((entry) => holdEntry(entry, once))) }
  }
  function rootIn(note, { origin, size }) {
    const checkpoint = parseCheckpoint(parseNote(note)?.text ?? '')
    return checkpoint?.origin === origin && checkpoint.size === size ? toHex(checkpoint.root) : 'none'
  }

  // lib/money/vnd.ts
  var NO_BREAK_SPACE = ' '
  var MINUS = '−'
  function formatCount(value, locale) {
    const digits = String(value < 0 ? -value : value)
    const grouped = digits.replace(/\B(?=(\d{3})+$)/g, locale === 'vi' ? '.' : ',')
    return value < 0 ? `${MINUS}${grouped}` : grouped
  }
  function formatVnd(amountVnd, locale) {
    if (locale === 'vi') return `${formatCount(amountVnd, locale)}${NO_BREAK_SPACE}₫`
    const sign = amountVnd < 0n ? MINUS : ''
    return `${sign}₫${formatCount(amountVnd < 0n ? -amountVnd : amountVnd, locale)}`
  }

  // lib/time/day.ts
  var ZONE = 'Asia/Ho_Chi_Minh'
  var OFFSET_MS = 7 * 36e5
  var clock = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  var dayOf = (moment) => new Date(moment.getTime() + OFFSET_MS).toISOString().slice(0, 10)
  var isDay = (day) => {
    const moment = /* @__PURE__ */ new Date(`${day}T00:00:00Z`)
    return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day)
  }
  var formatDay = (day) => day.split('-').reverse().join('/')
  var formatMoment = (moment) => `${clock.format(moment)}, ${formatDay(dayOf(moment))}`

  // lib/receipts/tell.ts
  var LONGEST_VALUE = 60
  var LONGEST_NAMES = 240
  var fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole)
  function tellChecked(checked, texts, locale) {
    const entries = checked.kind === 'proof' ? [checked.entry] : checked.entries
    const parts = entries.map((entry) => tellEntry(entry, texts, locale))
    const isWhole = isRight(checked)
    if (checked.kind === 'proof') {
      if (!isWhole && checked.entry.ok) return { verdict: 'unknown', title: texts.former.title, text: texts.former.text, parts }
      const [verdict, title] = isWhole ? ['right', texts.right] : ['wrong', texts.wrong]
      return { verdict, title, text: checked.entry.ok ? texts.proofRight : texts.why[checked.entry.why], parts }
    }
    const { name, page } = checked
    if (isWhole) {
      const told2 = [fill(texts.paperRight, { count: formatCount(entries.length, locale) })]
      told2.push(name ? `${tellName(name, entries.length, texts, locale)} ${texts.sealedOnlyNamed}` : texts.sealedOnly)
      return { verdict: 'right', title: texts.right, text: `${told2.join(' ')} ${texts.since}`, parts }
    }
    const asked = entries.map((entry) => (entry.ok && entry.former !== null ? { ...entry, former: 'published' } : entry))
    if (isRight({ ...checked, entries: asked, page: page === 'untold' ? 'same' : page })) {
      const { title, text } = entries.every(isProven) ? { title: texts.notCompared, text: texts.untold } : texts.former
      return { verdict: 'unknown', title, text, parts }
    }
    return { verdict: 'wrong', title: texts.wrong, text: whatIsWrong(checked, texts, locale), parts }
  }
  var tellName = ({ text, count }, all, texts, locale) =>
    fill(count === all ? texts.nameRight : texts.nameSome, {
      ...{ name: text.slice(0, LONGEST_NAMES), count: formatCount(count, locale), all: formatCount(all, locale) },
    })
  function whatIsWrong({ seal, entries, page, name }, texts, locale) {
    const really = entries.some(({ ok }) => ok) ? ` ${texts.really}` : ''
    if (seal !== 'whole') return `${texts.seals[seal]}${really}`
    if (entries.length === 0) return texts.noProof
    const bad = entries.find((entry) => !entry.ok)
    if (bad) return texts.why[bad.why]
    if (page === 'unreadable') return `${texts.unreadable}${really}`
    if (typeof page === 'object') return tellDifference(page, texts, locale)
    return name?.isRight === false ? texts.nameWrong : texts.noProof
  }
  function tellDifference({ field, printed, logged }, texts, locale) {
    const vias = texts.vias
    const value = (text) => {
      if (text === null) return texts.nothing
      if (field === 'day' && isDay(text)) return formatDay(text)
      if (field === 'via') return vias[text] ?? text.slice(0, LONGEST_VALUE)
      if (field === 'fund') return texts.funds[text] ?? text.slice(0, LONGEST_VALUE)
      const isSum = (field === 'amountVnd' || field === 'totalVnd') && /^\d{1,20}$/.test(text)
      return isSum ? formatVnd(BigInt(text), locale) : text.slice(0, LONGEST_VALUE)
    }
    const rows = { ...texts.rows, amountVnd: texts.rows.amount, totalVnd: texts.rows.total }
    return fill(texts.differs, { row: rows[field] ?? field, printed: value(printed), logged: value(logged) })
  }
  function tellPaper(sha2563, found, texts, locale) {
    if (found === 'not_asked')
      return { verdict: 'unknown', title: texts.notAsked, text: fill(texts.paperNotAsked, { sha256: sha2563 }), parts: [] }
    if (found === null)
      return {
        verdict: 'unknown',
        title: texts.unknown,
        text: `${fill(texts.paperUnknown, { sha256: sha2563 })} ${texts.looksOurs}`,
        parts: [],
      }
    if (found.ok && found.facts.kind === 'document_withdrawn' && found.facts.sha256 === sha2563) {
      const text = fill(texts.paperWithdrawn, { day: formatDay(found.facts.day), sha256: sha2563 })
      return { verdict: 'wrong', title: texts.withdrawn, text, parts: [tellEntry(found, texts, locale)] }
    }
    if (found.ok && !isProven(found))
      return { verdict: 'unknown', title: texts.former.title, text: texts.former.text, parts: [tellEntry(found, texts, locale)] }
    const isSame = found.ok && found.facts.kind === 'document' && found.facts.sha256 === sha2563
    return {
      verdict: isSame ? 'right' : 'wrong',
      title: isSame ? texts.right : texts.wrong,
      text: isSame ? fill(texts.publicRight, { sha256: sha2563 }) : found.ok ? texts.otherPaper : texts.why[found.why],
      parts: [tellEntry(found, texts, locale)],
    }
  }
  var tellTooLarge = (texts) => ({ verdict: 'unknown', title: texts.tooLarge, text: texts.tooLargeText, parts: [] })
  function tellEntry(entry, texts, locale) {
    if (!entry.ok) return { title: texts.entryWrong, rows: [[texts.rows.why, texts.why[entry.why]]], body: entry.body }
    const { index, size, former, witnesses, body, facts: facts2 } = entry
    const kinds = texts.kinds
    const vias = texts.vias
    const pots = texts.pots
    const rows = [
      [texts.rows.what, kinds[facts2.kind] ?? facts2.kind],
      [texts.rows.amount, facts2.amountVnd === null ? null : formatVnd(facts2.amountVnd, locale)],
      [texts.rows.units, facts2.units === null ? null : formatCount(facts2.units, locale)],
      [texts.rows.item, facts2.item],
      [texts.rows.day, formatDay(facts2.day)],
      [texts.rows.code, facts2.code],
      [texts.rows.fund, facts2.fund === null ? null : (texts.funds[facts2.fund] ?? facts2.fund)],
      [texts.rows.via, facts2.via === null ? null : (vias[facts2.via] ?? facts2.via)],
      [texts.rows.toldBy, facts2.toldBy === 'notice' ? texts.notStated : null],
      [texts.rows.pot, facts2.pot === null || facts2.line === null ? null : fill(pots[facts2.pot] ?? facts2.pot, { line: facts2.line })],
      [texts.rows.receipt, facts2.receipt],
      [texts.rows.sha256, facts2.sha256],
      [texts.rows.log, fill(texts.logOf, { size: formatCount(size, locale) })],
      [texts.rows.key, former === null ? null : texts.former[former]],
      [texts.rows.witnesses, witnesses.length === 0 ? texts.noWitness : witnesses.map(tellWitness).join('; ')],
    ]
    return {
      title: fill(texts.entry, { number: String(index) }),
      rows: rows.flatMap(([label, value]) => (value === null ? [] : [[label, value]])),
      body,
    }
  }
  var LAST_SECOND = 253402300799n
  var tellWitness = ({ name, timestamp }) =>
    `${name} (${timestamp > LAST_SECOND ? timestamp : formatMoment(new Date(Number(timestamp) * 1e3))})`

  // scripts/check-page.ts
  function prepare(form) {
    const input = form.querySelector('input[type=file]')
    const place = document.getElementById('ket-qua')
    const given = read(form)
    if (!input || !place || !given) return
    let newest = 0
    const check = async (file) => {
      if (!file) return
      const asked = (newest += 1)
      const isTooLarge = file.size > MOST_CHECKED_BYTES
      const answer = isTooLarge ? tellTooLarge(given.texts) : await told(new Uint8Array(await file.arrayBuffer()), given)
      if (asked === newest) show(place, answer, { name: file.name, raw: given.texts.raw })
    }
    input.addEventListener('change', () => void check(input.files?.[0]))
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      if (input.files?.length) void check(input.files[0])
      else input.focus()
    })
    form.addEventListener('dragover', (event) => {
      event.preventDefault()
      form.classList.add('over')
    })
    form.addEventListener('dragleave', () => form.classList.remove('over'))
    form.addEventListener('drop', (event) => {
      event.preventDefault()
      form.classList.remove('over')
      void check(event.dataTransfer?.files[0])
    })
    void checkAllHere(given)
  }
  async function checkAllHere(given) {
    const parts = [...document.querySelectorAll('[data-proof]')]
    const right = await Promise.all(parts.map((part) => checkHere(part, given)))
    if (right.every(Boolean)) document.querySelector('[data-served]')?.remove()
  }
  async function checkHere(part, given) {
    const { locale, trust, texts } = given
    const { proof: address = '', entry: number = '' } = part.dataset
    const proof = textOf2(await download(address))
    const shown = { index: Number(number), body: part.querySelector('pre')?.textContent ?? null }
    const entry = proof === null ? null : await holdEntry(checkShown(proof, shown, askedIn(location.search), trust), askRoot(given))
    const isSure = entry !== null && isProven(entry)
    const verdict = isSure ? 'told-right' : entry?.ok ? 'told-unknown' : 'told-wrong'
    if (entry !== null) rewrite(part, tellEntry(entry, texts, locale), verdict)
    const line = document.createElement('p')
    line.className = verdict
    line.textContent = entry === null ? texts.notHere : isSure ? texts.here : entry.ok ? texts.former.text : texts.why[entry.why]
    part.append(line)
    return isSure
  }
  function rewrite(part, { title, rows }, verdict) {
    part.classList.remove('told-right', 'told-unknown', 'told-wrong')
    part.classList.add(verdict)
    part.querySelector(':scope > h3')?.replaceWith(element('h3', '', title))
    part.querySelector(':scope > dl')?.replaceWith(facts(rows))
  }
  async function told(bytes, given) {
    const { locale, texts, trust, papers } = given
    const checked = await holdChecked(checkFile(bytes, trust), askRoot(given))
    if (checked.kind !== 'file') return tellChecked(checked, texts, locale)
    const answer = papers === '' ? 'not_asked' : await download(`${papers}${checked.sha256}.tlog-proof`)
    const proof = textOf2(answer)
    const found = proof !== null ? await holdEntry(checkProof(proof, trust), askRoot(given)) : answer === 'none' ? null : 'not_asked'
    return tellPaper(checked.sha256, found, texts, locale)
  }
  var askRoot =
    ({ trust: { origin }, checkpoints }) =>
    async (size) => {
      const answer = checkpoints === '' ? 'not_asked' : await download(`${checkpoints}${size}`)
      return typeof answer === 'object' ? rootIn(answer.text, { origin, size }) : answer
    }
  async function download(address) {
    try {
      const answer = await fetch(address)
      if (answer.ok) return { text: await answer.text() }
      return answer.status === 404 ? 'none' : 'not_asked'
    } catch {
      return 'not_asked'
    }
  }
  var textOf2 = (answer) => (typeof answer === 'object' ? answer.text : null)
  function show(place, { verdict, title, text, parts }, { name, raw }) {
    const box = element('div', `told told-${verdict}`)
    box.append(element('p', 'told-title', title), element('p', 'small quiet', name), element('p', '', text))
    for (const part of parts) {
      box.append(element('h3', '', part.title), facts(part.rows))
      if (part.body !== null) {
        const figure = element('figure', '')
        figure.append(element('figcaption', 'small quiet', raw), element('pre', 'raw', part.body))
        box.append(figure)
      }
    }
    place.replaceChildren(box)
    place.scrollIntoView({ block: 'nearest' })
  }
  function facts(rows) {
    const list = element('dl', 'facts')
    for (const [label, value] of rows) {
      const row = element('div', '')
      row.append(element('dt', '', label), element('dd', '', value))
      list.append(row)
    }
    return list
  }
  function element(tag, className, text = '') {
    const made = document.createElement(tag)
    if (className !== '') made.className = className
    if (text !== '') made.textContent = text
    return made
  }
  function read(form) {
    const { papers = '', checkpoints = '', locale = 'vi' } = form.dataset
    const texts = JSON.parse(form.dataset['texts'] ?? 'null')
    const trust = JSON.parse(form.dataset['trust'] ?? 'null')
    if (!isTexts(texts) || !isTrust(trust)) return null
    const keys = (list) => list.flatMap((text) => parseVerifierKey(text) ?? [])
    return {
      ...{ locale: isLocale(locale) ? locale : 'vi', texts, papers, checkpoints },
      trust: {
        ...{ origin: trust.origin, logKeys: trust.logKeys.flatMap((text) => logKey(text, trust.endedLogKeys[text])) },
        ...{ witnessKeys: keys(trust.witnessKeys), sealKeys: keys(trust.sealKeys) },
      },
    }
  }
  function logKey(text, lastSize) {
    const key = parseVerifierKey(text)
    return key ? [{ ...key, lastSize: lastSize ?? null }] : []
  }
  var isTexts = (value) => typeof value === 'object' && value !== null && 'right' in value
  var isTrust = (value) => typeof value === 'object' && value !== null && 'logKeys' in value
  for (const form of document.querySelectorAll('form[data-check]')) prepare(form)
})()
