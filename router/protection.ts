// Puts together what protects the graph: authentication, authorization, limits and rates; or none
// of it with `--open`.
import { scalarResolvers } from "#kit/input/scalars";
import type { Log } from "#kit/service/logger";
import { ANONYMOUS, type MintIdentity } from "#kit/trust/identity";
import { type Authenticator, createAuthenticator } from "./clients/viewer.ts";
import type { GuardConfig, RouterConfig } from "./config.ts";
import type { Judges } from "./graph/graph.ts";
import { createReadiness, type Readiness } from "./health.ts";
import type { Limits } from "./limits/limits.ts";
import { createAuthorizer } from "./policy/authorization.ts";
import { type Budgets, createBudgets } from "./policy/budgets.ts";
import { createGuard, createOpenGuard } from "./policy/guard.ts";
import { openRedisLedger } from "./policy/ledger.ts";
import { followTokens } from "./sessions/follow.ts";
import { createIssuedTokens, type IssuedTokens } from "./sessions/issued-tokens.ts";
import type { Scalars, Supergraph } from "./supergraph/supergraph.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import type { SubgraphPool } from "./upstream/pool.ts";

/** The checks that depend on the client and not on the graph. */
export interface ClientChecks {
  readonly authenticator: Authenticator;
  readonly tokens: IssuedTokens;
  /** Resolves when the facts about tokens are loaded, or after `ms`. */
  begun(ms: number): Promise<void>;
  /** Null if rates are off. */
  readonly budgets: Budgets | null;
  /** The readiness of a router with these subgraphs. */
  readinessOf(pools: readonly SubgraphPool[]): Readiness;
  stop(): void;
}

interface Shared {
  readonly mint: MintIdentity;
  readonly metrics: Metrics;
  readonly log: Log;
}

export interface Protection {
  /** Custom scalars whose values are checked before an operation runs. */
  readonly scalars: Scalars;
  judgesOf(supergraph: Supergraph): Judges;
  /** Starts to read facts about tokens, and connects to the budgets. */
  openClientChecks(shared: Shared): Promise<ClientChecks>;
}

/** Without `guard` in the settings there is no protection. */
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
    async openClientChecks({ mint, metrics, log }) {
      const { accessTokenJwksUrl: jwksUrl, tokenFeedSource: source } = config;
      const { redisUrl, redisPrefix } = config;
      const tokens = createIssuedTokens(log);
      const following = followTokens({ source, redisUrl, redisPrefix, log, tokens });
      const authenticator = createAuthenticator({ jwksUrl, mint, tokens, log });
      const budgets = await openBudgets(config, limits, metrics, log);
      return {
        authenticator,
        tokens,
        begun: following.begun,
        budgets,
        readinessOf(pools) {
          const { checks, optional } = createReadiness(pools);
          return { checks: { ...checks, tokenFeed: following.check }, optional };
        },
        stop() {
          budgets?.stop();
          authenticator.stop();
          following.stop();
        },
      };
    },
  };
}

/** Connects to nothing if rates are off. */
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
 * Every client is anonymous and may run everything. Foreign subgraphs may have other scalars with
 * the names of ours, and need no readiness endpoint.
 */
function open(limits: Limits): Protection {
  return {
    scalars: {},
    judgesOf: (supergraph) => ({
      guard: createOpenGuard(supergraph, limits),
      authorize: () => ({ kind: "granted" }),
    }),
    openClientChecks: async ({ log }) => ({
      authenticator: OPEN_AUTHENTICATOR,
      tokens: createIssuedTokens(log),
      begun: async () => {},
      budgets: null,
      readinessOf: () => ({ checks: {}, optional: () => ({}) }),
      stop() {},
    }),
  };
}

const OPEN_AUTHENTICATOR: Authenticator = {
  identify: async () => ANONYMOUS,
  keySet: async () => ({ keys: [] }),
  stop() {},
};
