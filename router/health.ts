// When the router is ready: its graph is loaded, which it is before it listens, and every subgraph
// has said so of itself. From then on one that fails costs its own fields, so the router stays
// ready while any of them answers: else one dead subgraph would take every router out of service.
import type { Check } from "#kit/door";
import type { SubgraphPool } from "./upstream/pool.ts";

const REMEMBERED_MS = 1_000;

/**
 * One check for each subgraph; an answer is good for a second, however many ask. After all have
 * answered once, a check fails only while none of them answers.
 */
export function readinessChecks(pools: readonly SubgraphPool[]): Record<string, Check> {
  const checks = pools.map((pool) => remembered(() => pool.ready()));
  const silent = new Set(pools);
  return Object.fromEntries(
    pools.map((pool, at) => [
      pool.name,
      async () => {
        if (silent.size === 0) await Promise.any(checks.map((check) => check()));
        else await checks[at]?.();
        silent.delete(pool);
      },
    ]),
  );
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
