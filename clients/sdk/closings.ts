// The reaction to a closed socket, by its close code. docs/guides/sockets.md has the same table,
// and a contract test compares the two.

/**
 * `resume`: connect again after a pause. `renew`: with a new token. `stop`: another try would end
 * in the same way.
 */
export type CloseAction = "resume" | "renew" | "stop";

const STOP = [1002, 1007, 1009, 4400, 4401, 4406, 4409, 4429];
const FORBIDDEN = 4403;

/** Codes that are not in the table are of networks and proxies: connect again. */
export function closeAction(code: number): CloseAction {
  if (STOP.includes(code)) return "stop";
  return code === FORBIDDEN ? "renew" : "resume";
}

const PAUSE_MS = 1_000;
const PAUSE_MS_MAX = 30_000;

/**
 * How long to wait before try number `attempt`, from 0, in milliseconds: anything up to a bound
 * that doubles ("full jitter"), so that clients do not come back at once.
 */
export function pauseMs(attempt: number, random: () => number = Math.random): number {
  return random() * Math.min(PAUSE_MS_MAX, PAUSE_MS * 2 ** Math.min(attempt, 10));
}
