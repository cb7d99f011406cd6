// The statement works without this file: its form sends what was typed. Here results appear while somebody types, by asking
// for the same page and putting its result in the place of the one that is there.
const form = document.getElementById('tim-sao-ke')
const PAUSE_MS = 220
/** Who hears nothing for so long is told that it did not work. */
const LONGEST_MS = 15_000
let waiting
let asking

// What is put in another's place is not always spoken, and on a phone it is below the screen: this says what was found.
const live = say('small lines-live', 'status')
const failed = say('wrong', 'alert')

function say(className, role) {
  const said = document.createElement('p')
  said.className = className
  said.setAttribute('role', role)
  form?.elements.namedItem('tim').parentElement.append(said)
  return said
}

/** The address that the form would send, without fields that say nothing. */
function address() {
  const search = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (value.trim() !== '') search.set(name, value.trim())
  const query = search.toString()
  return form.action + (query === '' ? '' : `?${query}`)
}

async function look() {
  const to = address()
  const place = document.getElementById('ket-qua')
  if (to === location.href && !isOld(place)) return
  asking?.abort()
  const own = new AbortController()
  asking = own
  const tooLong = setTimeout(() => own.abort(), LONGEST_MS)
  place.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(to, { headers: { Accept: 'text/html' }, signal: own.signal })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const found = page.getElementById('ket-qua')
    if (!answer.ok || !found) throw new Error(`answered ${answer.status}`)
    place.replaceWith(found)
    failed.textContent = ''
    live.textContent = found.querySelector('[role]')?.textContent ?? ''
    tellErrors(page)
    // One step back leads to where the search began, not through each letter.
    history.replaceState(null, '', answer.url)
    document.title = page.title
    document.querySelector('.tongue')?.replaceWith(page.querySelector('.tongue'))
  } catch {
    // Where the next letter overtook it, nothing is said.
    if (asking === own) tellFailed(place)
  } finally {
    clearTimeout(tooLong)
  }
}

const isOld = (place) => place.classList.contains('old')

/** Without a connection, or while the server refuses: what is there is of the search before. */
function tellFailed(place) {
  place.removeAttribute('aria-busy')
  live.textContent = ''
  failed.textContent = form.dataset.failed
  place.classList.add('old')
}

/** What is wrong with a field stands beside it, while what is being typed stays as it is. */
function tellErrors(page) {
  for (const control of form.elements) {
    const there = control.name && page.getElementById(control.id)
    if (!there) continue
    document.getElementById(`${control.id}-error`)?.remove()
    for (const name of ['aria-invalid', 'aria-describedby']) {
      const value = there.getAttribute(name)
      if (value === null) control.removeAttribute(name)
      else control.setAttribute(name, value)
    }
    const error = page.getElementById(`${control.id}-error`)
    if (error) control.parentElement.append(error)
  }
}

const soon = () => {
  clearTimeout(waiting)
  waiting = setTimeout(look, PAUSE_MS)
}

// Half a day or half a sum is no mistake: these are read once they are left.
form?.addEventListener('input', ({ target }) => {
  if (target.type === 'search') soon()
})
form?.addEventListener('change', ({ target }) => {
  if (target.type !== 'search') soon()
})
form?.addEventListener('submit', (event) => {
  clearTimeout(waiting)
  // Once it did not work, the form is sent, and whoever answers says why.
  if (isOld(document.getElementById('ket-qua'))) return
  event.preventDefault()
  void look()
})
