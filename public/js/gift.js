// The page of a gift works without this file: it can be reloaded, and everything on it can be selected.
// Here it learns by itself that the money has come, and what is to be copied gets a button.

const FAST_MS = 2_500
const SLOW_MS = 15_000
const FAST_FOR_MS = 15 * 60_000

const live = document.createElement('p')
live.className = 'vh'
live.setAttribute('role', 'status')
document.body.append(live)

/** What can be copied gets a button; where the browser has no clipboard, nothing changes. */
function addCopyButtons(root) {
  if (!navigator.clipboard) return
  for (const place of root.querySelectorAll('[data-copy]')) {
    if (place.querySelector('button')) continue
    const { copy, copyText, copiedText, copyLabel } = place.dataset
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'copy-button'
    button.textContent = copyText
    button.setAttribute('aria-label', copyLabel)
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(copy)
      } catch {
        return
      }
      button.textContent = copiedText
      live.textContent = `${copiedText}: ${copy}`
      setTimeout(() => {
        button.textContent = copyText
      }, 2_000)
    })
    place.append(button)
  }
}

const gift = () => document.getElementById('khoan-ung-ho')

/** Puts the page as it is now in the place of the one that waits. Focus stays unless what had it is gone. */
async function renew() {
  const response = await fetch(location.pathname, { headers: { Accept: 'text/html' } })
  if (!response.ok) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const fresh = page.getElementById('khoan-ung-ho')
  const old = gift()
  if (!fresh || !old) return
  const hadFocus = old.contains(document.activeElement)
  old.replaceWith(fresh)
  document.title = page.title
  prepare()
  live.textContent = fresh.querySelector('.lead')?.textContent ?? ''
  if (hadFocus) document.querySelector('main')?.focus({ preventScroll: true })
}

/** A donor who is changing the pledge must not lose what was typed. */
const isBusy = () => Boolean(gift()?.querySelector('form#sua, details[open] form'))

let since = Date.now()
let timer = 0

async function look() {
  const waiting = gift()
  if (!waiting?.dataset.waiting) return
  try {
    const response = await fetch(`/api/gifts/${waiting.dataset.code}`, { cache: 'no-store' })
    const { mark } = response.ok ? await response.json() : {}
    if (mark && mark !== waiting.dataset.mark && !isBusy()) await renew()
  } catch {
    // Offline, or the server is away for a moment: the next look will tell.
  }
  plan()
}

function plan() {
  clearTimeout(timer)
  if (document.hidden || !gift()?.dataset.waiting) return
  timer = setTimeout(look, Date.now() - since < FAST_FOR_MS ? FAST_MS : SLOW_MS)
}

function prepare() {
  const place = gift()
  if (!place) return
  addCopyButtons(place)
  for (const note of place.querySelectorAll('.live-note')) note.hidden = false
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return
  since = Date.now()
  look()
})

prepare()
plan()
// Whoever began to type before this file came types on.
if (document.activeElement === document.body) document.getElementById('loi')?.focus()
