// The readiness of the router: every subgraph has been ready once. After that the router stays
// ready while any subgraph is, because one dead subgraph must not take all routers out of service.
import type { Check, Optional, OptionalState } from "#kit/service/health";
import type { SubgraphPool } from "./upstream/pool.ts";

const KEPT_MS = 1_000;

export interface Readiness {
  readonly checks: Readonly<Record<string, Check>>;
  /** Each subgraph for itself, as the last check found it. */
  readonly optional: Optional;
}

/**
 * One check for each subgraph. A result is kept for a second. After each subgraph has been ready
 * once, a check fails only while none is. `pools` may change in place, when a subgraph moves.
 */
export function createReadiness(pools: readonly SubgraphPool[]): Readiness {
  const checks = new WeakMap<SubgraphPool, ObservedCheck>();
  const checkOf = (pool: SubgraphPool) => {
    const check = checks.get(pool) ?? observed(() => pool.ready());
    checks.set(pool, check);
    return check;
  };
  const names = pools.map(({ name }) => name);
  const silent = new Set(names);
  const run = async (name: string) => {
    const own = pools.find((pool) => pool.name === name);
    if (silent.size === 0) await Promise.any(pools.map((pool) => checkOf(pool).run()));
    else if (own) await checkOf(own).run();
    silent.delete(name);
  };
  return {
    checks: Object.fromEntries(names.map((name) => [name, () => run(name)])),
    optional: () => Object.fromEntries(pools.map((pool) => [pool.name, checkOf(pool).state()])),
  };
}

interface ObservedCheck {
  run(): Promise<unknown>;
  state(): OptionalState;
}

function observed(check: Check): ObservedCheck {
  let last: { readonly at: number; readonly answer: Promise<unknown> } | null = null;
  let okAt: number | null = null;
  let reason: string | null = "not checked yet";

  async function begin(): Promise<void> {
    try {
      await check();
      okAt = Date.now();
      reason = null;
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  return {
    run() {
      const now = Date.now();
      if (last && now - last.at < KEPT_MS) return last.answer;
      const answer = begin();
      // The caller handles a failure. This copy must not count as unhandled.
      answer.catch(() => undefined);
      last = { at: now, answer };
      return answer;
    },
    state: () => ({
      isOk: reason === null,
      ...(reason !== null && { reason }),
      secondsSinceOk: okAt === null ? null : Math.round((Date.now() - okAt) / 1_000),
    }),
  };
}
