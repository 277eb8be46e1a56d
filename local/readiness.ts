// Waits until the `/readyz` of a service answers 200.
import { setTimeout as delay } from "node:timers/promises";

const TIMEOUT_MS = 60_000;
const POLL_MS = 50;
const REQUEST_TIMEOUT_MS = 5_000;

/** Resolves when `/readyz` answers 200. Throws with its last answer after a minute, or on abort. */
export async function untilReady(baseUrl: string, signal?: AbortSignal): Promise<void> {
  const url = new URL("/readyz", baseUrl);
  const giveUpAt = Date.now() + TIMEOUT_MS;
  for (;;) {
    const answer = await ask(url);
    if (answer === "ready") return;
    signal?.throwIfAborted();
    if (Date.now() > giveUpAt) {
      throw new Error(`${url} does not become ready: ${answer}. The logs of the services say why.`);
    }
    await delay(POLL_MS);
  }
}

/** `ready`, or the other answer. */
async function ask(url: URL): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
    const text = await response.text();
    return response.status === 200 ? "ready" : `${response.status} ${text.slice(0, 500)}`;
  } catch (error) {
    return String(error);
  }
}
