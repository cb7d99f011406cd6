// The console works without this file. It saves a hand the way to the mouse: / searches, J and K walk through rows,
// Enter opens the one that is chosen.
const rows = () => [...document.querySelectorAll('main tbody tr, main .waiting > li')].filter((row) => row.querySelector('a[href], button'))
const isTyping = (target) => target instanceof Element && target.closest('input, select, textarea, [contenteditable]') !== null

function walk(step) {
  const all = rows()
  if (all.length === 0) return
  const at = all.findIndex((row) => row.contains(document.activeElement))
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]
  next.querySelector('a[href], button').focus()
  next.scrollIntoView({ block: 'nearest' })
}

const KEYS = {
  '/': () => document.querySelector('.find input')?.focus(),
  j: () => walk(1),
  k: () => walk(-1),
}

// What a row or the page offers to one key: the buttons say which, the row that is chosen first.
function press(key) {
  const row = document.activeElement?.closest('main tbody tr')
  const offered = (within) => [...within.querySelectorAll('[data-key]')].find((one) => one.dataset.key === key)
  const button =
    (row && offered(row)) ?? [...document.querySelectorAll('[data-key][aria-keyshortcuts]')].find((one) => one.dataset.key === key)
  button?.click()
  return button !== undefined
}

addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
  if (event.key === 'Escape' && isTyping(event.target)) event.target.blur()
  if (isTyping(event.target)) return
  const act = KEYS[event.key]
  if (act) act()
  else if (!press(event.key)) return
  event.preventDefault()
})

// A form is sent once: a second press while it is under way would only be refused. One that brings a file leaves the page
// where it is, and may be pressed again.
for (const form of document.querySelectorAll('form[method="post"]:not([data-brings-file])')) {
  form.addEventListener('submit', (event) => {
    if (form.dataset.sent) event.preventDefault()
    form.dataset.sent = '1'
  })
}
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent
})

// Whoever began to type before this file came types on.
if (document.activeElement === document.body) document.querySelector('.problems, .refused')?.focus()
