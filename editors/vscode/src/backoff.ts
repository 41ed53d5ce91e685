/** How long to wait before a server that died is started again. */

/** Seconds before the first, second ... start. */
const DELAYS = [0.5, 1, 2, 4, 8];
/** Deaths longer ago than this many seconds do not count. */
const WINDOW = 180;

/**
 * Seconds to wait, or undefined if the server has died too often in a short time to be started again.
 *
 * @param deaths When it died, in seconds of any clock; the last one just now.
 */
export function delayAfter(deaths: readonly number[]): number | undefined {
  const now = deaths.at(-1) ?? 0;
  return DELAYS[deaths.filter((at) => now - at < WINDOW).length - 1];
}
