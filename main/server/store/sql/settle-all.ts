/**
 * As `Promise.all`, but when one rejects it waits for the others first: none of them runs a
 * statement after the transaction was rolled back. Rejects with the first error in order.
 */
export async function settleAll<T extends readonly unknown[]>(
  promises: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(promises);
  return await Promise.all(promises);
}
