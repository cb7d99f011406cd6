// Forms with files work without this file. With it, a file is kept on this machine until it has arrived, goes in chunks,
// and goes on where it was cut off: when the line is back, or when a page of the console is opened again.
const CHUNK_BYTES = 256 * 1024
const RETRY_MS = 4_000
const OPEN_MS = 3_000
const told = document.querySelector('[data-uploads]')

if (told && crypto.subtle) start()

/** Jobs, one a form that was sent: `{ id, me, action, uploads, fields, files: [{ name, key, blob, sha256 }] }`. */
function openJobs() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open('tung-dong-uploads', 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore('jobs', { keyPath: 'id', autoIncrement: true })
    asked.onerror = () => reject(asked.error)
    asked.onsuccess = () => {
      const within = (mode, work) =>
        new Promise((done, failed) => {
          const transaction = asked.result.transaction('jobs', mode)
          const request = work(transaction.objectStore('jobs'))
          transaction.oncomplete = () => done(request.result)
          transaction.onabort = () => failed(transaction.error)
        })
      resolve({
        add: (job) => within('readwrite', (store) => store.add(job)),
        all: () => within('readonly', (store) => store.getAll()),
        remove: (id) => within('readwrite', (store) => store.delete(id)),
      })
    }
  })
}

function start() {
  let isRunning = false
  let timer
  /** Null where this browser keeps nothing, or does not say so soon: forms go as they are. One may be sent before this is known. */
  const opening = Promise.race([openJobs(), new Promise((_, tooLate) => setTimeout(tooLate, OPEN_MS))]).catch(() => null)

  const say = (text) => (told.textContent = text)

  /** A file that is refused, or a session that ended, is no matter of the line. */
  class Stopped extends Error {}

  async function sendFile(jobs, job, { key, blob, sha256 }) {
    const chunk = async (from, data) => {
      const query = new URLSearchParams({ key, bytes: blob.size, sha256, from })
      const headers = { 'content-type': 'application/octet-stream' }
      const answer = await fetch(`${job.uploads}?${query}`, { method: 'POST', body: data, headers })
      if (answer.status === 401) throw new Stopped(told.dataset.signedOut)
      if (answer.status >= 500 || answer.status === 429) throw new Error('try again')
      if (!answer.ok) {
        await jobs.remove(job.id)
        throw new Stopped(told.dataset.refused)
      }
      return (await answer.json()).received
    }
    let received = await chunk(0, new Blob())
    while (received < blob.size) {
      say(told.dataset.sending.replace('{percent}', String(Math.floor((100 * received) / blob.size))))
      received = await chunk(received, blob.slice(received, received + CHUNK_BYTES))
    }
  }

  async function sendJob(jobs, job) {
    for (const file of job.files) await sendFile(jobs, job, file)
    say(told.dataset.sending.replace('{percent}', '100'))
    const fields = new URLSearchParams(job.fields)
    for (const { name, key } of job.files) fields.set(`${name}Upload`, key)
    const answer = await fetch(job.action, { method: 'POST', body: fields })
    if (answer.url.includes('/dang-nhap')) throw new Stopped(told.dataset.signedOut)
    // A page that could not be made says nothing of the form; what was sent twice is one.
    if (!/[?&](?:xong|loi)=/.test(answer.url)) throw new Error('try again')
    await jobs.remove(job.id)
    return answer.url
  }

  async function run() {
    if (isRunning) return
    isRunning = true
    clearTimeout(timer)
    let goTo = null
    try {
      const jobs = await opening
      for (const job of (await jobs?.all()) ?? []) if (job.me === told.dataset.me) goTo = await sendJob(jobs, job)
    } catch (error) {
      say(error instanceof Stopped ? error.message : told.dataset.waiting)
      if (!(error instanceof Stopped)) timer = setTimeout(run, RETRY_MS)
    } finally {
      isRunning = false
    }
    if (goTo !== null) location.assign(goTo)
  }

  async function keep(form) {
    const jobs = await opening
    if (!jobs) throw new Error('nothing is kept here')
    const files = []
    const fields = []
    for (const [name, value] of new FormData(form)) {
      if (typeof value === 'string') fields.push([name, value])
      else if (value.size > 0) files.push({ name, blob: value, key: crypto.randomUUID(), sha256: await hash(value) })
    }
    // Read whole now: what a phone's gallery shows today may be gone when the line is back.
    for (const file of files) file.blob = new Blob([await file.blob.arrayBuffer()])
    await jobs.add({ me: told.dataset.me, action: form.action, uploads: told.dataset.uploads, fields, files })
  }

  const hash = async (blob) =>
    [...new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')

  // Before the form's own listeners: it is not sent as it is.
  addEventListener(
    'submit',
    (event) => {
      const form = event.target
      const inputs = [...form.querySelectorAll('input[type="file"]')]
      // A form that lacks a file is the server's to refuse.
      if (inputs.length === 0 || inputs.some((input) => input.files.length === 0)) return
      event.preventDefault()
      event.stopPropagation()
      if (form.dataset.queued) return
      form.dataset.queued = '1'
      say(told.dataset.sending.replace('{percent}', '0'))
      keep(form).then(run, () => HTMLFormElement.prototype.submit.call(form))
    },
    { capture: true },
  )
  addEventListener('pageshow', () => {
    for (const form of document.querySelectorAll('form[data-queued]')) delete form.dataset.queued
  })
  addEventListener('online', run)
  run()
}
