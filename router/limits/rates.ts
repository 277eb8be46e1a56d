// Every rate of the router in one table: who may do how much of what, and the default; and how a
// setting changes it. Who counts, and what happens beyond one, is told in budgets.ts and, for
// sockets, beside them.
import { z } from "zod";
import { json } from "#kit/service/config";

/** A token bucket: how much it holds, and how much flows in each minute. */
export interface Rate {
  readonly burst: number;
  readonly perMinute: number;
}

const TABLE = {
  credentialsByAddress: { burst: 100, perMinute: 60, of: "attempts with a credential" },
  mutationsByViewer: { burst: 2_000, perMinute: 3_000, of: "cost of mutations" },
  mutationsByAddress: { burst: 20_000, perMinute: 30_000, of: "cost of mutations" },
  queriesByViewer: { burst: 10_000, perMinute: 20_000, of: "cost of queries" },
  queriesByAddress: { burst: 100_000, perMinute: 200_000, of: "cost of queries" },
  subscriptionsByViewer: { burst: 2_000, perMinute: 3_000, of: "cost of subscriptions opened" },
  subscriptionsByAddress: { burst: 20_000, perMinute: 30_000, of: "cost of subscriptions opened" },
  connectionsByAddress: { burst: 300, perMinute: 300, of: "WebSockets opened" },
  framesBySocket: { burst: 300, perMinute: 1_200, of: "frames of a WebSocket" },
} as const;

export type RateName = keyof typeof TABLE;

/** The most that is allowed of each. */
export type Rates = Readonly<Record<RateName, Rate>>;

export const RATE_NAMES = Object.keys(TABLE) as readonly RateName[];

export const DEFAULT_RATES: Rates = valuesOf((name) => {
  const { burst, perMinute } = TABLE[name];
  return { burst, perMinute };
});

/** Beyond it the arithmetic in µs would no longer be exact. */
const UNITS_MAX = 1_000_000;
const units = z.int().min(1).max(UNITS_MAX).optional();

const given = z.strictObject(
  valuesOf(() => z.strictObject({ burst: units, perMinute: units }).optional()),
);

/**
 * `off`, which is null, or JSON such as `{"queriesByViewer": {"burst": 500}}`: what it does not
 * name keeps its default.
 */
export const ratesSetting = z.union(
  [
    z.literal("off").transform(() => null),
    json(given).transform(
      (changes): Rates =>
        valuesOf((name) => ({
          burst: changes[name]?.burst ?? DEFAULT_RATES[name].burst,
          perMinute: changes[name]?.perMinute ?? DEFAULT_RATES[name].perMinute,
        })),
    ),
  ],
  { error: "is neither `off` nor rates by their names" },
);

/** What a rate counts, in words. */
export function unitsOf(name: RateName): string {
  return TABLE[name].of;
}

function valuesOf<Value>(make: (name: RateName) => Value): Record<RateName, Value> {
  const entries = RATE_NAMES.map((name) => [name, make(name)] as const);
  return Object.fromEntries(entries) as Record<RateName, Value>;
}
