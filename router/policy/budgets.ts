// Charges an operation before it runs: to the budgets of its viewer and of its address, and if it
// tries a credential, to the budget of attempts. All routers share the budgets, in Redis. Without
// Redis it decides what still runs. cost.ts decides how much an operation costs.
import { createHash } from "node:crypto";
import type { GraphQLError, OperationTypeNode } from "graphql";
import { fail } from "#kit/errors";
import { MeasuredCache } from "#kit/telemetry/caches";
import type { Identity } from "#kit/trust/identity";
import { type RateName, type Rates, unitsOf } from "../limits/rates.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { type Charge, chargeOf, type Level, refundOf, waitMsOf } from "./bucket.ts";
import { createProcessLedger, type RedisLedger } from "./ledger.ts";
import { rateLimitHeaders } from "./rate-limit-headers.ts";

/** The identity and the address that are charged. */
export interface Payer {
  readonly identity: Identity;
  /** The client's address, in the form of clients/address.ts. */
  readonly address: string;
}

export interface PricedOperation {
  readonly kind: `${OperationTypeNode}`;
  readonly estimated: number;
  /** Its attempts with a credential that are charged in any case. */
  readonly attempts: number;
  /** Its attempts with a credential that are charged only if the credential is refused. */
  readonly attemptsIfRefused: number;
}

/** `headers` are for the answer, in both cases. */
export type ChargeResult =
  | { readonly kind: "refused"; readonly headers: Headers; readonly error: GraphQLError }
  | {
      readonly kind: "charged";
      readonly headers: Headers;
      /** Refunds the difference if an answer cost less than estimated. Does not wait. */
      refund(actual: number): void;
      /** Charges `count` refused credentials. Resolves when they are counted. */
      chargeRefused(count: number): Promise<void>;
    };

type Headers = ReadonlyMap<string, string>;

export interface Budgets {
  /** Charges all budgets of an operation, or none. */
  charge(operation: PricedOperation, payer: Payer): Promise<ChargeResult>;
  stop(): void;
}

/** A charge of one budget. */
export interface Bill {
  readonly name: RateName;
  readonly units: number;
  readonly charge: Charge;
  /** A later charge that is possible. The operation is refused if the bucket has too little. */
  readonly later?: Charge;
}

const COSTS_BY_VIEWER = {
  query: "queriesByViewer",
  mutation: "mutationsByViewer",
  subscription: "subscriptionsByViewer",
} as const satisfies Record<string, RateName>;

const COSTS_BY_ADDRESS = {
  query: "queriesByAddress",
  mutation: "mutationsByAddress",
  subscription: "subscriptionsByAddress",
} as const satisfies Record<string, RateName>;

/** Also for an operation whose fields cost nothing. */
const COST_MIN = 1;
const OUTAGE_RETRY_MS = 1_000;

const HASHES_MAX = 10_000;
const hashes = new MeasuredCache<string, string>("addressHashes", { max: HASHES_MAX });

/**
 * Budgets with these rates, in `ledger`. While Redis does not answer, an operation that tries a
 * credential is refused, because guesses must not be free. All others are charged to budgets of
 * this process: looser limits for a minute are better than no service.
 */
export function createBudgets(options: {
  readonly rates: Rates;
  readonly ledger: RedisLedger;
  readonly metrics: Metrics;
}): Budgets {
  const { rates, ledger, metrics } = options;
  const chargeInProcess = createProcessLedger();

  function refund(charges: readonly Charge[], isInProcess: boolean): void {
    if (isInProcess) for (const each of charges) chargeInProcess(refundOf(each));
    else if (charges.length > 0) ledger.refund(charges);
  }

  return {
    async charge(operation, payer) {
      const bills = billsOf(rates, operation, payer);
      const counted = await ledger.charge(bills.map(({ charge }) => charge));
      const isInProcess = counted === null;
      if (isInProcess) metrics.withoutRedis();
      if (isInProcess && operation.attempts + operation.attemptsIfRefused > 0) {
        return { kind: "refused", headers: new Map(), error: notCounted() };
      }
      const levels = counted ?? bills.map(({ charge }) => chargeInProcess(charge));
      const headers = rateLimitHeaders(rates, bills, levels);
      const error = refusalOf(bills, levels);
      if (error) {
        refund(grantedOf(bills, levels), isInProcess);
        metrics.rateRefusal(error.extensions.rate as RateName);
        return { kind: "refused", headers, error };
      }
      return {
        kind: "charged",
        headers,
        refund: (actual) => refund(refundsOf(rates, bills, actual), isInProcess),
        async chargeRefused(count) {
          const each = attemptsOf(rates, payer.address, 1).charge;
          // One charge each: a sum that exceeds the bucket would be refused as a whole.
          if (count > 0) await ledger.charge(Array.from({ length: count }, () => each));
        },
      };
    },
    stop: () => ledger.stop(),
  };
}

function billsOf(rates: Rates, operation: PricedOperation, { identity, address }: Payer): Bill[] {
  const { kind, attempts, attemptsIfRefused } = operation;
  const cost = Math.max(COST_MIN, operation.estimated);
  const bills = [billOf(rates, COSTS_BY_ADDRESS[kind], address, cost)];
  if (attempts + attemptsIfRefused > 0)
    bills.unshift(attemptsOf(rates, address, attempts, attemptsIfRefused));
  if (identity.kind === "viewer") {
    bills.unshift(billOf(rates, COSTS_BY_VIEWER[kind], identity.viewer.id, cost));
  }
  return bills;
}

/** The charge for attempts now, and for those that may follow. */
function attemptsOf(rates: Rates, address: string, now: number, later = 0): Bill {
  const bill = billOf(rates, "credentialsByAddress", address, now);
  return { ...bill, later: chargeOf(bill.charge.key, rates.credentialsByAddress, later) };
}

function billOf(rates: Rates, name: RateName, payer: string, units: number): Bill {
  return { name, units, charge: chargeOf(`${name}:${hashOf(payer)}`, rates[name], units) };
}

/** Hashed, because Redis must have no addresses and no ids of people. */
function hashOf(payer: string): string {
  const known = hashes.get(payer);
  if (known) return known;
  const hash = createHash("sha256").update(payer).digest("base64url").slice(0, 22);
  hashes.set(payer, hash);
  return hash;
}

/** The refusal of the budget with the longest wait; null if all allow the operation. */
function refusalOf(bills: readonly Bill[], levels: readonly Level[]): GraphQLError | null {
  let longest: { readonly name: RateName; readonly waitMs: number } | null = null;
  for (const [at, level] of levels.entries()) {
    const bill = bills[at];
    if (!bill) continue;
    const missingMs = bill.later ? waitMsOf(bill.later, level) : 0;
    if (level.isGranted && missingMs === 0) continue;
    const waitMs = Math.max(1, level.isGranted ? missingMs : waitMsOf(bill.charge, level));
    if (!longest || waitMs > longest.waitMs) longest = { name: bill.name, waitMs };
  }
  if (!longest) return null;
  const { name, waitMs } = longest;
  const message = `The rate limit is exceeded (${unitsOf(name)}): retry in ${waitMs} ms.`;
  return fail("RATE_LIMITED", message, { rate: name, retryAfterMs: waitMs });
}

function grantedOf(bills: readonly Bill[], levels: readonly Level[]): Charge[] {
  return bills.filter((_, at) => levels[at]?.isGranted).map(({ charge }) => charge);
}

/** The refunds of cost. Attempts are not refunded. */
function refundsOf(rates: Rates, bills: readonly Bill[], actual: number): Charge[] {
  return bills.flatMap(({ name, units, charge }) => {
    if (name === "credentialsByAddress") return [];
    const paid = Math.min(units, rates[name].burst);
    const excess = paid - Math.max(COST_MIN, actual);
    return excess > 0 ? [chargeOf(charge.key, rates[name], excess)] : [];
  });
}

function notCounted(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "Credentials cannot be checked at the moment; try again.", {
    retryAfterMs: OUTAGE_RETRY_MS,
  });
}
