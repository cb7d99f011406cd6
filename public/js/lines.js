// The statement works without this file: its form sends what was typed. Here results appear while somebody types, by asking
// for the same page and putting its result in the place of the one that is there.
const form = document.getElementById('tim-sao-ke')
const PAUSE_MS = 220
let waiting
let asking

// What is put in another's place is not always spoken: this stays, and says what was found.
const live = document.createElement('p')
live.className = 'vh'
live.setAttribute('role', 'status')
document.body.append(live)

/** The address that the form would send, without fields that say nothing. */
function address() {
  const search = new URLSearchParams()
  for (const [name, value] of new FormData(form)) if (value.trim() !== '') search.set(name, value.trim())
  const query = search.toString()
  return form.action + (query === '' ? '' : `?${query}`)
}

async function look() {
  const to = address()
  if (to === location.href) return
  asking?.abort()
  asking = new AbortController()
  const place = document.getElementById('ket-qua')
  place.setAttribute('aria-busy', 'true')
  try {
    const answer = await fetch(to, { headers: { Accept: 'text/html' }, signal: asking.signal })
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const found = page.getElementById('ket-qua')
    if (!answer.ok || !found) return
    place.replaceWith(found)
    live.textContent = found.querySelector('[role]')?.textContent ?? ''
    tellErrors(page)
    // One step back leads to where the search began, not through each letter.
    history.replaceState(null, '', answer.url)
    document.querySelector('.tongue')?.replaceWith(page.querySelector('.tongue'))
  } catch (error) {
    // Overtaken by the next letter; or without a connection, and the button still sends the form.
    if (error.name !== 'AbortError') place.removeAttribute('aria-busy')
  }
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

form?.addEventListener('input', soon)
form?.addEventListener('submit', (event) => {
  event.preventDefault()
  clearTimeout(waiting)
  void look()
})
