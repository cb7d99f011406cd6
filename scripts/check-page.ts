import { isLocale, type Locale } from '../lib/i18n/locale'
import { askedIn } from '../lib/receipts/asked'
import type { LogKey } from '../lib/public-log/log-key'
import { checkFile, checkProof, checkShown, isProven, type Trust } from '../lib/receipts/check'
import { holdChecked, holdEntry, rootIn, type AskRoot } from '../lib/receipts/held'
import { MOST_CHECKED_BYTES, type TellTexts, type Told, type TrustTexts } from '../lib/receipts/model'
import { tellChecked, tellEntry, tellPaper, tellTooLarge } from '../lib/receipts/tell'
import { parseVerifierKey } from '../lib/tlog/keys'

/*
 * What the page "check us" does with JavaScript: it checks on this device what the server would check else. The form says in
 * which words, and by which keys; whoever has other keys from elsewhere can put them there.
 */

interface Given {
  locale: Locale
  texts: TellTexts
  trust: Trust
  /** Where a public paper is asked for by its hash; empty in a page that was saved. */
  papers: string
  /** Where published checkpoints are, by their size; empty likewise. */
  checkpoints: string
}

function prepare(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input[type=file]')
  const place = document.getElementById('ket-qua')
  const given = read(form)
  if (!input || !place || !given) return
  let newest = 0
  const check = async (file: File | undefined) => {
    if (!file) return
    const asked = (newest += 1)
    const isTooLarge = file.size > MOST_CHECKED_BYTES
    const answer = isTooLarge ? tellTooLarge(given.texts) : await told(new Uint8Array(await file.arrayBuffer()), given)
    // Of two files that were dropped one after the other, the second is what is looked at, however long the first took.
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

/** Once all that the server told of was found right here, too, its own word is no longer needed. */
async function checkAllHere(given: Given): Promise<void> {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-proof]')]
  const right = await Promise.all(parts.map((part) => checkHere(part, given)))
  if (right.every(Boolean)) document.querySelector('[data-served]')?.remove()
}

/**
 * The entries that the server told of, checked here as well: by what was asked for, by their numbers, and as they are read on
 * the page. What the server said of them in words is then written anew, of what was found here.
 */
async function checkHere(part: HTMLElement, given: Given): Promise<boolean> {
  const { locale, trust, texts } = given
  const { proof: address = '', entry: number = '' } = part.dataset
  const proof = textOf(await download(address))
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

function rewrite(part: HTMLElement, { title, rows }: Told['parts'][number], verdict: string): void {
  part.classList.remove('told-right', 'told-unknown', 'told-wrong')
  part.classList.add(verdict)
  part.querySelector(':scope > h3')?.replaceWith(element('h3', '', title))
  part.querySelector(':scope > dl')?.replaceWith(facts(rows))
}

async function told(bytes: Uint8Array, given: Given): Promise<Told> {
  const { locale, texts, trust, papers } = given
  const checked = await holdChecked(checkFile(bytes, trust), askRoot(given))
  if (checked.kind !== 'file') return tellChecked(checked, texts, locale)
  const answer = papers === '' ? 'not_asked' : await download(`${papers}${checked.sha256}.tlog-proof`)
  const proof = textOf(answer)
  const found = proof !== null ? await holdEntry(checkProof(proof, trust), askRoot(given)) : answer === 'none' ? null : 'not_asked'
  return tellPaper(checked.sha256, found, texts, locale)
}

/** Asks the log for the root of the checkpoint of a size. */
const askRoot =
  ({ trust: { origin }, checkpoints }: Given): AskRoot =>
  async (size) => {
    const answer = checkpoints === '' ? 'not_asked' : await download(`${checkpoints}${size}`)
    return typeof answer === 'object' ? rootIn(answer.text, { origin, size }) : answer
  }

/** A file of the log; `none` where the log says that it has none, `not_asked` where nobody answered that. */
async function download(address: string): Promise<{ text: string } | 'none' | 'not_asked'> {
  try {
    const answer = await fetch(address)
    if (answer.ok) return { text: await answer.text() }
    return answer.status === 404 ? 'none' : 'not_asked'
  } catch {
    return 'not_asked'
  }
}

const textOf = (answer: Awaited<ReturnType<typeof download>>): string | null => (typeof answer === 'object' ? answer.text : null)

function show(place: HTMLElement, { verdict, title, text, parts }: Told, { name, raw }: { name: string; raw: string }): void {
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

function facts(rows: Told['parts'][number]['rows']): HTMLElement {
  const list = element('dl', 'facts')
  for (const [label, value] of rows) {
    const row = element('div', '')
    row.append(element('dt', '', label), element('dd', '', value))
    list.append(row)
  }
  return list
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  if (className !== '') made.className = className
  if (text !== '') made.textContent = text
  return made
}

function read(form: HTMLFormElement): Given | null {
  const { papers = '', checkpoints = '', locale = 'vi' } = form.dataset
  const texts: unknown = JSON.parse(form.dataset['texts'] ?? 'null')
  const trust: unknown = JSON.parse(form.dataset['trust'] ?? 'null')
  if (!isTexts(texts) || !isTrust(trust)) return null
  const keys = (list: string[]) => list.flatMap((text) => parseVerifierKey(text) ?? [])
  return {
    ...{ locale: isLocale(locale) ? locale : 'vi', texts, papers, checkpoints },
    trust: {
      ...{ origin: trust.origin, logKeys: trust.logKeys.flatMap((text) => logKey(text, trust.endedLogKeys[text])) },
      ...{ witnessKeys: keys(trust.witnessKeys), sealKeys: keys(trust.sealKeys) },
    },
  }
}

function logKey(text: string, lastSize: number | undefined): LogKey[] {
  const key = parseVerifierKey(text)
  return key ? [{ ...key, lastSize: lastSize ?? null }] : []
}

const isTexts = (value: unknown): value is TellTexts => typeof value === 'object' && value !== null && 'right' in value
const isTrust = (value: unknown): value is TrustTexts => typeof value === 'object' && value !== null && 'logKeys' in value

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-check]')) prepare(form)
