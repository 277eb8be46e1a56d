// The table of all rates: how much a viewer, an address or a socket may do, and the defaults. The
// setting `RATE_LIMITS` changes them. policy/budgets.ts and subscriptions/gate.ts count.
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

/** The token bucket of each. */
export type Rates = Readonly<Record<RateName, Rate>>;

export const RATE_NAMES = Object.keys(TABLE) as readonly RateName[];

export const DEFAULT_RATES: Rates = valuesOf((name) => {
  const { burst, perMinute } = TABLE[name];
  return { burst, perMinute };
});

/** With more, sums in µs would not be exact. */
const UNITS_MAX = 1_000_000;
const units = z.int().min(1).max(UNITS_MAX).optional();

const given = z.strictObject(
  valuesOf(() => z.strictObject({ burst: units, perMinute: units }).optional()),
);

/**
 * The setting: `off` (null), or JSON such as `{"queriesByViewer": {"burst": 500}}`. Other values
 * keep their defaults.
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

/** The unit of a rate, for messages. */
export function unitsOf(name: RateName): string {
  return TABLE[name].of;
}

function valuesOf<Value>(make: (name: RateName) => Value): Record<RateName, Value> {
  const entries = RATE_NAMES.map((name) => [name, make(name)] as const);
  return Object.fromEntries(entries) as Record<RateName, Value>;
}
