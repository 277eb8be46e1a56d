// The readiness of the router: every subgraph has been ready once. After that the router stays
// ready while any subgraph is, because one dead subgraph must not take all routers out of service.
import type { Check } from "#kit/service/health";
import type { SubgraphPool } from "./upstream/pool.ts";

const KEPT_MS = 1_000;

/**
 * One check for each subgraph. A result is kept for a second. After each subgraph has been ready
 * once, a check fails only while none is. `pools` may change in place, when a subgraph moves.
 */
export function readinessChecks(pools: readonly SubgraphPool[]): Record<string, Check> {
  const checks = new WeakMap<SubgraphPool, Check>();
  const checkOf = (pool: SubgraphPool) => {
    const check = checks.get(pool) ?? cached(() => pool.ready());
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

function cached(check: Check): Check {
  let last: { readonly at: number; readonly answer: Promise<unknown> } | null = null;
  return () => {
    const now = Date.now();
    if (last && now - last.at < KEPT_MS) return last.answer;
    const answer = check();
    // The caller handles a failure. This copy must not count as unhandled.
    answer.catch(() => undefined);
    last = { at: now, answer };
    return answer;
  };
}
