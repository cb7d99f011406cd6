// The check before a card page works without this file: then a wait takes the place of the work.
// Here the browser does the work of altcha (github.com/altcha-org): it derives keys until one begins as it should.
// The rounds run in the browser's own threads, so the page stays at hand; our part is to count.

/** Keys at the same time: as many cores as a phone has to spare. */
const AT_ONCE = Math.min(4, navigator.hardwareConcurrency || 2)

const form = document.getElementById('kiem-tra')
const part = (role) => form.querySelector(`[data-role="${role}"]`)
const [work, stop, status] = ['work', 'stop', 'status'].map(part)
const solution = form.elements.namedItem('tinh')
const go = form.querySelector('button[type="submit"]')
let working = null

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16))
const hexOf = (buffer) => [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

async function deriveKey({ nonce, salt, cost, keyLength }, counter) {
  const prefix = bytesOf(nonce)
  const password = new Uint8Array(prefix.length + 4)
  password.set(prefix)
  new DataView(password.buffer).setUint32(prefix.length, counter)
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', salt: bytesOf(salt), iterations: cost, hash: 'SHA-256' }
  return hexOf(await crypto.subtle.deriveBits(how, key, keyLength * 8))
}

/** @returns the solution, or null when it was stopped */
async function solve({ parameters }, most, signal, tell) {
  for (let first = 0; first <= most; first += AT_ONCE) {
    const keys = await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => deriveKey(parameters, first + index)))
    if (signal.aborted) return null
    const found = keys.findIndex((key) => key.startsWith(parameters.keyPrefix))
    if (found >= 0) return { counter: first + found, derivedKey: keys[found] }
    tell(Math.min(99, Math.round((first / most) * 100)))
  }
  throw new Error('no key fits')
}

function show(isWorking, text) {
  work.hidden = !isWorking
  stop.hidden = !isWorking
  go.disabled = isWorking
  status.textContent = text
}

async function begin() {
  const bar = work.querySelector('progress')
  bar.value = 0
  working = new AbortController()
  show(true, '')
  stop.focus()
  try {
    const challenge = JSON.parse(form.dataset.challenge)
    const found = await solve(challenge, Number(form.dataset.most), working.signal, (percent) => (bar.value = percent))
    if (!found) return
    show(false, status.dataset.done)
    go.disabled = true
    solution.value = btoa(JSON.stringify({ challenge, solution: found }))
    form.submit()
  } catch {
    // The button sends the ticket from now on: after a minute it is as good.
    form.removeEventListener('submit', press)
    show(false, status.dataset.cannot)
    go.focus()
  }
}

function press(event) {
  event.preventDefault()
  if (go.disabled) return
  begin()
}

if (form.dataset.challenge) {
  form.addEventListener('submit', press)
  stop.addEventListener('click', () => {
    working.abort()
    show(false, status.dataset.stopped)
    go.focus()
  })
  // Back from the card page: what was solved has been used.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload()
  })
}

document.getElementById('loi')?.focus()
