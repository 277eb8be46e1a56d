// What stands between clients and the graph, chosen once where the router is put together: all of
// it, or nothing where it was started with `--open`. Each part is made elsewhere; here is which.

import { scalarResolvers } from "#kit/input/scalars";
import type { Check } from "#kit/service/http-server";
import type { Log } from "#kit/service/logger";
import { ANONYMOUS, type MintIdentity } from "#kit/trust/identity";
import { type Authenticator, createAuthenticator } from "./clients/viewer.ts";
import type { GuardConfig, RouterConfig } from "./config.ts";
import type { Judges } from "./graph/graph.ts";
import { readinessChecks } from "./health.ts";
import type { Limits } from "./limits/limits.ts";
import { createAuthorizer } from "./policy/authorization.ts";
import { type Budgets, createBudgets } from "./policy/budgets.ts";
import { createGuard, createOpenGuard } from "./policy/guard.ts";
import { openRedisLedger } from "./policy/ledger.ts";
import { createEndedSessions, type EndedSessions } from "./sessions/ended.ts";
import { followEndedSessions } from "./sessions/follow.ts";
import type { Scalars, Supergraph } from "./supergraph/supergraph.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import type { SubgraphPool } from "./upstream/pool.ts";

/** Who judges where operations come from, and how many. */
export interface Gatekeepers {
  readonly authenticator: Authenticator;
  readonly ended: EndedSessions;
  /** Resolves when the sessions that have ended are known, or after `ms`. */
  begun(ms: number): Promise<void>;
  /** Null where rates are off. */
  readonly budgets: Budgets | null;
  /** When a router in front of these subgraphs is ready. */
  checksOf(pools: readonly SubgraphPool[]): Readonly<Record<string, Check>>;
  stop(): void;
}

interface Shared {
  readonly mint: MintIdentity;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface Protection {
  /** Custom scalars whose values are checked before anything runs. */
  readonly scalars: Scalars;
  judgesOf(supergraph: Supergraph): Judges;
  /** Connects to what tells of ended sessions and keeps the budgets, if anything does. */
  keepGates(shared: Shared): Promise<Gatekeepers>;
}

/** Without a guard in the settings everything is open. */
export function protectionOf({ guard, limits }: RouterConfig): Protection {
  return guard ? guarded(guard, limits) : open(limits);
}

function guarded(config: GuardConfig, limits: Limits): Protection {
  return {
    scalars: scalarResolvers,
    judgesOf: (supergraph) => ({
      guard: createGuard(supergraph, limits),
      authorize: createAuthorizer(supergraph),
    }),
    async keepGates({ mint, metrics, log }) {
      const { accessTokenJwksUrl: jwksUrl, endedSessionsSource: source } = config;
      const { redisUrl, redisPrefix } = config;
      const ended = createEndedSessions(log);
      const following = followEndedSessions({
        source,
        redisUrl,
        redisPrefix,
        log,
        tell: ended.add,
      });
      const authenticator = createAuthenticator({ jwksUrl, mint, ended, log });
      const budgets = await openBudgets(config, limits, metrics, log);
      return {
        authenticator,
        ended,
        begun: following.begun,
        budgets,
        checksOf: (pools) => ({ ...readinessChecks(pools), endedSessions: following.check }),
        stop() {
          budgets?.stop();
          authenticator.stop();
          following.stop();
        },
      };
    },
  };
}

/** Nothing is connected where rates are off. */
async function openBudgets(
  { rates, redisUrl: url, redisPrefix: prefix }: GuardConfig,
  limits: Limits,
  metrics: Metrics,
  log: Log,
): Promise<Budgets | null> {
  if (!rates) return null;
  const ledger = await openRedisLedger({ url, prefix, patienceMs: limits.rateMs, log });
  return createBudgets({ rates, ledger, metrics });
}

/**
 * Everybody may ask for everything and is nobody, whatever they say of themselves. Subgraphs that
 * are not ours may have scalars of our names, and need not tell when they are ready.
 */
function open(limits: Limits): Protection {
  return {
    scalars: {},
    judgesOf: (supergraph) => ({
      guard: createOpenGuard(supergraph, limits),
      authorize: () => ({ kind: "granted" }),
    }),
    keepGates: async ({ log }) => ({
      authenticator: OPEN_AUTHENTICATOR,
      ended: createEndedSessions(log),
      begun: async () => {},
      budgets: null,
      checksOf: () => ({}),
      stop() {},
    }),
  };
}

const OPEN_AUTHENTICATOR: Authenticator = {
  identify: async () => ANONYMOUS,
  keySet: async () => ({ keys: [] }),
  stop() {},
};
