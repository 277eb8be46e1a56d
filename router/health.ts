// When the router is ready: its graph is loaded, which it is before it listens, and every subgraph
// has said so of itself. From then on one that fails costs its own fields, so the router stays
// ready while any of them answers: else one dead subgraph would take every router out of service.
import type { Check } from "#kit/service/http-server";
import type { SubgraphPool } from "./upstream/pool.ts";

const REMEMBERED_MS = 1_000;

/**
 * One check for each subgraph that there is now, wherever it is when it is asked; an answer is good
 * for a second, however many ask. After all have answered once, a check fails only while none of
 * them answers. `pools` has those of the subgraphs at any time.
 */
export function readinessChecks(pools: readonly SubgraphPool[]): Record<string, Check> {
  const checks = new WeakMap<SubgraphPool, Check>();
  const checkOf = (pool: SubgraphPool) => {
    const check = checks.get(pool) ?? remembered(() => pool.ready());
    checks.set(pool, check);
    return check;
  };
  const names = pools.map(({ name }) => name);
  const silent = new Set(names);
  return Object.fromEntries(
    names.map((name) => [
      name,
      async () => {
        const own = pools.find((pool) => pool.name === name);
        if (silent.size === 0) await Promise.any(pools.map((pool) => checkOf(pool)()));
        else if (own) await checkOf(own)();
        silent.delete(name);
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
