// Guarantees about which budgets an operation is charged to. The ledger is in this process, and a
// test can make it unavailable. Redis, two routers and both transports are tested in
// tests/security.
import { beforeEach, describe, expect, test } from "vitest";
import type { Identity } from "#kit/trust/identity";
import { DEFAULT_RATES, type Rates } from "../limits/rates.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { refundOf } from "./bucket.ts";
import { type Budgets, createBudgets, type PricedOperation } from "./budgets.ts";
import { createProcessLedger, type RedisLedger } from "./ledger.ts";

const ANONYMOUS = { identity: { kind: "anonymous" }, address: "203.0.113.7" } as const;
const viewer = (id: string): Identity => ({
  kind: "viewer",
  viewer: { id, sessionId: "s", roles: [], scopes: [], expiresAt: 0 },
});
const ADA = { identity: viewer("ada"), address: "203.0.113.7" };
const GRACE = { identity: viewer("grace"), address: "203.0.113.7" };

const query = (estimated: number): PricedOperation => ({
  kind: "query",
  estimated,
  attempts: 0,
  attemptsIfRefused: 0,
});
const signIn: PricedOperation = {
  kind: "mutation",
  estimated: 13,
  attempts: 1,
  attemptsIfRefused: 0,
};

const refresh: PricedOperation = {
  kind: "mutation",
  estimated: 13,
  attempts: 0,
  attemptsIfRefused: 1,
};

/** A rate with so little inflow that a test can ignore it. */
const slowly = (burst: number) => ({ burst, perMinute: 1 });
const RATES: Rates = {
  ...DEFAULT_RATES,
  credentialsByAddress: slowly(2),
  queriesByViewer: slowly(100),
  queriesByAddress: slowly(150),
  mutationsByAddress: slowly(1_000),
};

let keys: Set<string>;
let isRedisHere: boolean;
let budgets: Budgets;
beforeEach(() => {
  keys = new Set();
  isRedisHere = true;
  const charge = createProcessLedger();
  const ledger: RedisLedger = {
    async charge(charges) {
      for (const { key } of charges) keys.add(key);
      return isRedisHere ? charges.map(charge) : null;
    },
    refund(charges) {
      for (const each of charges) charge(refundOf(each));
    },
    stop() {},
  };
  budgets = createBudgets({ rates: RATES, ledger, metrics: createMetrics() });
});

async function chargeOf(operation: PricedOperation, payer: Parameters<Budgets["charge"]>[1]) {
  const result = await budgets.charge(operation, payer);
  const extensions = result.kind === "refused" ? result.error.extensions : {};
  return { ...result, ...extensions };
}

/** The units that are left in each budget, by its name. */
function leftIn(fields: ReadonlyMap<string, string>): Record<string, number> {
  const items = [...(fields.get("ratelimit") ?? "").matchAll(/"(\w+)";r=(\d+);t=\d+/g)];
  return Object.fromEntries(items.map(([, name, left]) => [name, Number(left)]));
}

describe("an operation is charged", () => {
  test("to the budget of its viewer and to that of its address", async () => {
    expect(leftIn((await chargeOf(query(60), ADA)).headers)).toEqual({
      queriesByViewer: 40,
      queriesByAddress: 90,
    });
    expect(leftIn((await chargeOf(query(60), ANONYMOUS)).headers)).toEqual({
      queriesByAddress: 30,
    });
    expect(await chargeOf(query(60), GRACE)).toMatchObject({
      kind: "refused",
      code: "RATE_LIMITED",
      rate: "queriesByAddress",
      retryAfterMs: expect.closeTo(30 * 60_000, -3),
    });
  });

  test("nothing if it is refused", async () => {
    await chargeOf(query(60), ADA);
    expect(await chargeOf(query(60), ADA)).toMatchObject({ rate: "queriesByViewer" });
    expect(leftIn((await chargeOf(query(1), ANONYMOUS)).headers).queriesByAddress).toBe(89);
  });

  test("at least 1", async () => {
    expect(leftIn((await chargeOf(query(0), ANONYMOUS)).headers).queriesByAddress).toBe(149);
  });

  test("the actual cost in the end", async () => {
    const result = await chargeOf(query(90), ADA);
    if (result.kind === "charged") result.refund(10);
    expect(leftIn((await chargeOf(query(1), ADA)).headers)).toEqual({
      queriesByViewer: 89,
      queriesByAddress: 139,
    });
  });

  test("at most the estimate and at least 1", async () => {
    const [dear, free] = [await chargeOf(query(10), ADA), await chargeOf(query(10), ADA)];
    if (dear.kind === "charged") dear.refund(50);
    if (free.kind === "charged") free.refund(0);
    expect(leftIn((await chargeOf(query(1), ADA)).headers).queriesByViewer).toBe(88);
  });

  test("one attempt if it tries a credential, which is never refunded", async () => {
    for (const left of [1, 0]) {
      const result = await chargeOf(signIn, ANONYMOUS);
      expect(leftIn(result.headers).credentialsByAddress).toBe(left);
      if (result.kind === "charged") result.refund(0);
    }
    expect(await chargeOf(signIn, ADA)).toMatchObject({ rate: "credentialsByAddress" });
  });
});

describe("a credential that is free if accepted", () => {
  const RATE = RATES.credentialsByAddress;
  const left = async () => {
    const { headers } = await chargeOf(refresh, ANONYMOUS);
    return leftIn(headers).credentialsByAddress;
  };

  test("costs no attempt while none is refused, even with many at once", async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => chargeOf(refresh, ANONYMOUS)));
    expect(all.filter(({ kind }) => kind === "refused")).toEqual([]);
    for (const each of all) if (each.kind === "charged") await each.chargeRefused(0);
    expect(await left()).toBe(RATE.burst);
  });

  test("costs one attempt if it is refused, and accepted ones refund nothing", async () => {
    for (let refused = 0; refused < RATE.burst; refused += 1) {
      const [wrong, right] = [await chargeOf(refresh, ANONYMOUS), await chargeOf(refresh, ADA)];
      if (wrong.kind === "charged") await wrong.chargeRefused(1);
      if (right.kind === "charged") await right.chargeRefused(0);
    }
    expect(await chargeOf(refresh, ANONYMOUS)).toMatchObject({
      kind: "refused",
      rate: "credentialsByAddress",
      retryAfterMs: expect.closeTo(60_000, -3),
    });
    expect(await chargeOf(signIn, ANONYMOUS)).toMatchObject({ rate: "credentialsByAddress" });
  });

  test("empties the budget if more are refused at once than it holds", async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => chargeOf(refresh, ANONYMOUS)));
    for (const each of all) if (each.kind === "charged") await each.chargeRefused(1);
    expect(await chargeOf(refresh, ANONYMOUS)).toMatchObject({ rate: "credentialsByAddress" });
  });

  test("is refused if the budget of attempts is empty", async () => {
    for (let at = 0; at < RATE.burst; at += 1) await chargeOf(signIn, ANONYMOUS);
    expect(await chargeOf(refresh, ANONYMOUS)).toMatchObject({ rate: "credentialsByAddress" });
  });
});

test("the ledger gets no address and no id of a viewer", async () => {
  await chargeOf(query(1), ADA);
  expect([...keys].join()).not.toMatch(/ada|203/);
  expect([...keys]).toEqual([
    expect.stringMatching(/^queriesByViewer:[\w-]{22}$/),
    expect.stringMatching(/^queriesByAddress:[\w-]{22}$/),
  ]);
});

describe("while Redis does not answer", () => {
  test("an attempt with a credential is refused, to be tried again", async () => {
    isRedisHere = false;
    const refusal = { kind: "refused", code: "SUBGRAPH_UNAVAILABLE", retryAfterMs: 1_000 };
    expect(await chargeOf(signIn, ADA)).toMatchObject(refusal);
    expect(await chargeOf(refresh, ADA)).toMatchObject(refusal);
  });

  test("all others are charged to budgets of this process, with refunds", async () => {
    isRedisHere = false;
    const result = await chargeOf(query(90), ADA);
    expect(await chargeOf(query(90), ADA)).toMatchObject({ rate: "queriesByViewer" });
    isRedisHere = true;
    if (result.kind === "charged") result.refund(10);
    expect(leftIn((await chargeOf(query(90), ADA)).headers).queriesByViewer).toBe(10);
    isRedisHere = false;
    expect(leftIn((await chargeOf(query(90), ADA)).headers).queriesByViewer).toBe(0);
  });
});
