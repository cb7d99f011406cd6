import type { Result } from '../result'

/** What a command gave. A refusal here means that the plan of the sample is wrong. */
export function given<Value>(result: Result<Value, string>, what: string): Value {
  if (!result.ok) throw new Error(`the sample's ${what} was refused: ${result.refusal}`)
  return result.value
}
