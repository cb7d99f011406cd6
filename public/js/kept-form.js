// Forms work without this file. It keeps what is typed on this machine until it is recorded: a dead phone, a lost
// connection or an ended session takes nothing. The key of a form without files is kept with it where it says so, so that
// what was sent and not answered is sent again as the same.
const PREFIX = 'kept-form '
const MOST_MS = 30 * 24 * 3_600_000

const store = {
  read(name) {
    try {
      const kept = JSON.parse(localStorage.getItem(PREFIX + name) ?? 'null')
      return kept && Date.now() - kept.at < MOST_MS ? kept.fields : null
    } catch {
      return null
    }
  },
  write(name, fields) {
    try {
      localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), fields }))
      return true
    } catch {
      // A full or forbidden store: the form is what it is without this file.
      return false
    }
  },
  forget(name) {
    try {
      localStorage.removeItem(PREFIX + name)
    } catch {
      // As above.
    }
  },
}

/** What a form says, without its files. */
const typed = (form) => Object.fromEntries([...new FormData(form)].filter(([, value]) => typeof value === 'string'))

/** On a slow line somebody may have typed, or chosen, before this file came. */
function isTouched(control) {
  if (control.type === 'hidden' || control.type === 'file') return false
  if (control.options)
    return (
      control.selectedIndex !==
      Math.max(
        0,
        [...control.options].findIndex((one) => one.defaultSelected),
      )
    )
  return control.defaultValue !== undefined && control.value !== control.defaultValue
}

function fill(form, fields) {
  for (const control of form.elements) {
    if (control.type === 'file' || control.name === 'form' || !(control.name in fields) || isTouched(control)) continue
    if (control.name === 'key' && !('keptKey' in form.dataset)) continue
    control.value = fields[control.name]
    const details = control.closest('details')
    if (details && control.type !== 'hidden' && fields[control.name] !== '') details.open = true
  }
}

for (const done of document.querySelectorAll('[data-draft-done]')) store.forget(done.dataset.draftDone)

for (const form of document.querySelectorAll('form[data-kept]')) {
  const name = form.dataset.kept
  const told = form.querySelector('[data-kept-told]')
  if ('anew' in form.dataset) store.forget(name)
  // What the server sent back is newer than what was kept.
  const kept = 'back' in form.dataset ? null : store.read(name)
  const isTyped = [...form.elements].some(isTouched)
  if (kept) {
    fill(form, kept)
    if (told) told.textContent = told.dataset.keptText
  }
  const keep = () => {
    if (store.write(name, typed(form)) && told) told.textContent = told.dataset.keptText
  }
  form.addEventListener('input', keep)
  form.addEventListener('change', keep)
  if ('back' in form.dataset || isTyped) keep()
}

addEventListener(
  'submit',
  (event) => {
    const told = event.target.querySelector?.('[data-offline-text]')
    if (navigator.onLine || !told) return
    event.preventDefault()
    event.stopPropagation()
    told.textContent = told.dataset.offlineText
  },
  { capture: true },
)
