/**
 * 12,345: groups of three with the language's sign between. Intl would cost 8 MB of memory at its
 * first call, within an app that lies idle most of its day.
 */
export function grouped(count: number, sign: string): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, sign);
}
