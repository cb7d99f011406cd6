import { AsyncLocalStorage } from 'node:async_hooks'

/** The part of a response that a page may set. */
interface Answer {
  statusCode: number
  setHeader: (name: string, value: string) => unknown
}

declare global {
  // One for the process: the server and the pages it renders are built apart and meet here.
  var tungDongAnswers: AsyncLocalStorage<Answer> | undefined
}
const answers = (globalThis.tungDongAnswers ??= new AsyncLocalStorage<Answer>())

/** Called by the server around each request, so that its page can say with which status it answers. */
export const answering = <T>(answer: Answer, work: () => T): T => answers.run(answer, work)

/**
 * Answers with a status other than 200, with the page that is being rendered. Next's own `notFound()` throws away
 * what was rendered and leaves the 404 page to scripts in the browser, which public pages do not carry
 * (docs/decisions/0005).
 */
export function answerWith(status: 403 | 404 | 410): void {
  const answer = answers.getStore()
  if (answer) answer.statusCode = status
}

/** Says that the page being rendered is for this request alone: anybody can think of addresses that lead to one like it. */
export function passBy(): void {
  answers.getStore()?.setHeader('x-passing', '1')
}
