// The HTTP headers that say what is left of a client's budgets: `RateLimit-Policy` and `RateLimit`
// of draft-ietf-httpapi-ratelimit-headers-10.

import type { Rates } from "../limits/rates.ts";
import { type Level, remainingOf } from "./bucket.ts";
import type { Bill } from "./budgets.ts";

const SECOND_MICROS = 1_000_000;

/** Each header has one item for each budget: size and window; rest and seconds until full. */
export function rateLimitHeaders(
  rates: Rates,
  bills: readonly Bill[],
  levels: readonly Level[],
): Map<string, string> {
  const policies = bills.map(({ name, charge }) => {
    const windowSeconds = Math.ceil(charge.capacity / SECOND_MICROS);
    const unit = name === "credentialsByAddress" ? "attempts" : "cost";
    return `"${name}";q=${rates[name].burst};qu="${unit}";w=${windowSeconds}`;
  });
  const states = levels.flatMap((level, at) => {
    const bill = bills[at];
    if (!bill) return [];
    const resetSeconds = Math.ceil((level.fullAt - level.now) / SECOND_MICROS);
    return [
      `"${bill.name}";r=${remainingOf(bill.charge, rates[bill.name], level)};t=${resetSeconds}`,
    ];
  });
  return new Map([
    ["ratelimit-policy", policies.join(", ")],
    ["ratelimit", states.join(", ")],
  ]);
}
