// What an operation pays before it runs, and to whom: budgets of its viewer, of its address and, if
// it tries a credential, of attempts. All routers draw on the same budgets, in Redis; what happens
// while that is away is decided here too. How much an operation costs is not.
import { createHash } from "node:crypto";
import type { GraphQLError, OperationTypeNode } from "graphql";
import { LRUCache } from "lru-cache";
import { fail } from "#kit/errors";
import type { Identity } from "#kit/trust/identity";
import { type RateName, type Rates, unitsOf } from "../limits/rates.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { type Charge, chargeOf, type Level, returned, waitMsOf } from "./bucket.ts";
import { createProcessLedger, type RedisLedger } from "./ledger.ts";
import { rateFields } from "./rate-limit-headers.ts";

/** Who pays for an operation. */
export interface Payer {
  readonly identity: Identity;
  /** The part of a client's address by which it is counted. */
  readonly address: string;
}

/** What is paid for. */
export interface PricedOperation {
  readonly kind: `${OperationTypeNode}`;
  readonly estimated: number;
  /** How often it tries a credential that is paid for however that ends. */
  readonly attempts: number;
  /** How often it tries one that is paid for only when it is refused. */
  readonly provable: number;
}

/** `fields` are header fields for the answer, whichever it is. */
export type Admission =
  | { readonly kind: "refused"; readonly fields: Fields; readonly error: GraphQLError }
  | {
      readonly kind: "admitted";
      readonly fields: Fields;
      /** Gives back what an answer cost less than was estimated. Waits for nothing. */
      refund(actual: number): void;
      /** Charges so many credentials that turned out to be refused; resolves when it is counted. */
      chargeRefused(count: number): Promise<void>;
    };

type Fields = ReadonlyMap<string, string>;

export interface Budgets {
  /** Charges all budgets of an operation, or none. */
  charge(operation: PricedOperation, payer: Payer): Promise<Admission>;
  stop(): void;
}

/** A charge and what it is for. */
export interface Bill {
  readonly name: RateName;
  readonly units: number;
  readonly charge: Charge;
  /** What may have to be paid once the answer is known, and must be there before. */
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

/** Nothing is free, whatever its fields weigh. */
const COST_MIN = 1;
const OUTAGE_RETRY_MS = 1_000;

const HASHES_MAX = 10_000;
const hashes = new LRUCache<string, string>({ max: HASHES_MAX });

/**
 * Budgets by `rates`, kept by `ledger`. While that does not answer, what tries a credential is
 * refused, because guessing must not become free; everything else draws on budgets of this process,
 * since a graph without limits for a minute is better than none.
 */
export function createBudgets(options: {
  readonly rates: Rates;
  readonly ledger: RedisLedger;
  readonly metrics: Metrics;
}): Budgets {
  const { rates, ledger, metrics } = options;
  const chargeHere = createProcessLedger();

  function giveBack(charges: readonly Charge[], isHere: boolean): void {
    if (isHere) for (const each of charges) chargeHere(returned(each));
    else if (charges.length > 0) ledger.giveBack(charges);
  }

  return {
    async charge(operation, payer) {
      const bills = billsOf(rates, operation, payer);
      const counted = await ledger.charge(bills.map(({ charge }) => charge));
      const isHere = counted === null;
      if (isHere) metrics.withoutRedis();
      if (isHere && operation.attempts + operation.provable > 0) {
        return { kind: "refused", fields: new Map(), error: notCounted() };
      }
      const levels = counted ?? bills.map(({ charge }) => chargeHere(charge));
      const fields = rateFields(rates, bills, levels);
      const error = refusalOf(bills, levels);
      if (error) {
        giveBack(grantedOf(bills, levels), isHere);
        metrics.rateRefusal(error.extensions.rate as RateName);
        return { kind: "refused", fields, error };
      }
      return {
        kind: "admitted",
        fields,
        refund: (actual) => giveBack(refundsOf(rates, bills, actual), isHere),
        async chargeRefused(count) {
          const each = attemptsOf(rates, payer.address, 1).charge;
          // One by one: a sum that is more than what is left would not be charged at all.
          if (count > 0) await ledger.charge(Array.from({ length: count }, () => each));
        },
      };
    },
    stop: () => ledger.stop(),
  };
}

function billsOf(rates: Rates, operation: PricedOperation, { identity, address }: Payer): Bill[] {
  const { kind, attempts, provable } = operation;
  const cost = Math.max(COST_MIN, operation.estimated);
  const bills = [billOf(rates, COSTS_BY_ADDRESS[kind], address, cost)];
  if (attempts + provable > 0) bills.unshift(attemptsOf(rates, address, attempts, provable));
  if (identity.kind === "viewer") {
    bills.unshift(billOf(rates, COSTS_BY_VIEWER[kind], identity.viewer.id, cost));
  }
  return bills;
}

/** Those that are paid now, and those that may have to be paid later. */
function attemptsOf(rates: Rates, address: string, now: number, later = 0): Bill {
  const bill = billOf(rates, "credentialsByAddress", address, now);
  return { ...bill, later: chargeOf(bill.charge.key, rates.credentialsByAddress, later) };
}

function billOf(rates: Rates, name: RateName, payer: string, units: number): Bill {
  return { name, units, charge: chargeOf(`${name}:${hashOf(payer)}`, rates[name], units) };
}

/** Redis holds neither addresses nor ids as they are. */
function hashOf(payer: string): string {
  const known = hashes.get(payer);
  if (known) return known;
  const hash = createHash("sha256").update(payer).digest("base64url").slice(0, 22);
  hashes.set(payer, hash);
  return hash;
}

/** By the budget that takes longest to allow it. */
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
  const message = `Too much at once (${unitsOf(name)}): wait ${waitMs} ms.`;
  return fail("RATE_LIMITED", message, { rate: name, retryAfterMs: waitMs });
}

function grantedOf(bills: readonly Bill[], levels: readonly Level[]): Charge[] {
  return bills.filter((_, at) => levels[at]?.isGranted).map(({ charge }) => charge);
}

/** Of what was paid by cost. An attempt that was paid is one, however it ended. */
function refundsOf(rates: Rates, bills: readonly Bill[], actual: number): Charge[] {
  return bills.flatMap(({ name, units, charge }) => {
    if (name === "credentialsByAddress") return [];
    const paid = Math.min(units, rates[name].burst);
    const tooMuch = paid - Math.max(COST_MIN, actual);
    return tooMuch > 0 ? [chargeOf(charge.key, rates[name], tooMuch)] : [];
  });
}

function notCounted(): GraphQLError {
  return fail("SUBGRAPH_UNAVAILABLE", "This cannot be tried at the moment; try again.", {
    retryAfterMs: OUTAGE_RETRY_MS,
  });
}
