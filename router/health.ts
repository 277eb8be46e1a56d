// When the router is ready: its graph is loaded, which it is before it listens, and every subgraph
// says so of itself.
import type { Check } from "#kit/door";
import type { SubgraphPool } from "./upstream/pool.ts";

const REMEMBERED_MS = 1_000;

/** One check for each subgraph; an answer is good for a second, however many ask. */
export function readinessChecks(pools: readonly SubgraphPool[]): Record<string, Check> {
  return Object.fromEntries(pools.map((pool) => [pool.name, remembered(() => pool.ready())]));
}

function remembered(check: Check): Check {
  let last: { readonly at: number; readonly answer: Promise<unknown> } | null = null;
  return () => {
    const now = Date.now();
    if (last && now - last.at < REMEMBERED_MS) return last.answer;
    const answer = check();
    // Whoever asks hears of a failure; the copy kept here must not count as unhandled.
    answer.catch(() => undefined);
    last = { at: now, answer };
    return answer;
  };
}
