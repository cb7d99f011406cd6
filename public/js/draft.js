// Saves a draft while one types. Without this file the button saves. What is not saved yet is kept on this machine, so
// that neither a lost line nor an ended session takes it.
const form = document.querySelector('form[data-draft]')
if (form) start(form, form.querySelector('[data-saved]'))

function start(form, status) {
  const IDLE_MS = 2_500
  const RETRY_MS = 15_000
  const name = `draft-${form.dataset.draft}`
  const typed = () => Object.fromEntries(new FormData(form))
  let timer
  let isSaving = false
  let isDirty = false

  const say = (text) => (status.textContent = text)
  const later = (ms) => {
    clearTimeout(timer)
    timer = setTimeout(save, ms)
  }
  const keep = () => {
    try {
      localStorage.setItem(name, JSON.stringify(typed()))
    } catch {
      // A full or forbidden store: the server keeps what it is told.
    }
  }
  const forget = () => {
    try {
      localStorage.removeItem(name)
    } catch {
      // As above.
    }
  }

  async function save() {
    if (isSaving || !isDirty) return
    isSaving = true
    isDirty = false
    say(status.dataset.saving)
    try {
      const fields = new URLSearchParams(new FormData(form))
      fields.set('viec', 'tu-luu')
      fields.set('key', crypto.randomUUID())
      const answer = await fetch(form.action, { method: 'POST', body: fields, headers: { accept: 'application/json' } })
      const { kind, version } = await answer.json()
      if (kind !== 'saved' && kind !== 'apart') throw new Error('not saved')
      if (kind === 'saved') form.elements.version.value = String(version)
      say(kind === 'saved' ? status.dataset.done : status.dataset.apart)
      if (!isDirty) forget()
    } catch {
      isDirty = true
      say(status.dataset.failed)
      isSaving = false
      return later(RETRY_MS)
    }
    isSaving = false
    // Somebody typed on while it was saved.
    if (isDirty) later(IDLE_MS)
  }

  const touched = () => {
    isDirty = true
    keep()
    later(IDLE_MS)
  }
  form.addEventListener('input', touched)
  form.addEventListener('submit', () => clearTimeout(timer))
  addEventListener('online', () => later(0))

  // On a slow line somebody may have typed before this file came.
  const isTouched = [...form.elements].some(
    ({ type, value, defaultValue }) => type !== 'hidden' && defaultValue !== undefined && value !== defaultValue,
  )
  if (isTouched) touched()
  else restore()

  function restore() {
    let kept
    try {
      kept = JSON.parse(localStorage.getItem(name) ?? 'null')
    } catch {
      return
    }
    if (!kept || typeof kept !== 'object') return
    const differs = [...form.elements].some(
      ({ name: field, type, value }) =>
        type !== 'hidden' && type !== 'submit' && type !== 'checkbox' && field in kept && kept[field] !== value,
    )
    if (!differs) return forget()
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'act act-2 act-row'
    button.textContent = status.dataset.restore
    button.addEventListener('click', () => {
      for (const control of form.elements)
        if (control.type !== 'hidden' && control.type !== 'submit' && control.name in kept) control.value = kept[control.name]
      button.remove()
      form.dispatchEvent(new Event('input'))
    })
    say(status.dataset.restored)
    status.append(' ', button)
  }
}
