/**
 * Waits for statements of a transaction that are sent together, and throws what the first of them threw only when all
 * have come to their end: what went on after the transaction was rolled back would be written outside of it.
 */
export async function together<const Statements extends readonly Promise<unknown>[]>(
  statements: Statements,
): Promise<{ -readonly [Index in keyof Statements]: Awaited<Statements[Index]> }> {
  await Promise.allSettled(statements)
  return Promise.all(statements)
}
