// Guarantees about who pays what for an operation, over a ledger in this process that a test can
// take away. Redis itself, two routers and both transports are tested in tests/security.
import { beforeEach, describe, expect, test } from "vitest";
import type { Identity } from "#kit/trust/identity";
import { DEFAULT_RATES, type Rates } from "../limits/rates.ts";
import { createMetrics } from "../telemetry/metrics.ts";
import { returned } from "./bucket.ts";
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
  provable: 0,
});
const signIn: PricedOperation = { kind: "mutation", estimated: 13, attempts: 1, provable: 0 };

const refresh: PricedOperation = { kind: "mutation", estimated: 13, attempts: 0, provable: 1 };

/** Little flows in, so that what a test spends stays spent. */
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
    giveBack(charges) {
      for (const each of charges) charge(returned(each));
    },
    stop() {},
  };
  budgets = createBudgets({ rates: RATES, ledger, metrics: createMetrics() });
});

async function chargeOf(operation: PricedOperation, payer: Parameters<Budgets["charge"]>[1]) {
  const admission = await budgets.charge(operation, payer);
  const extensions = admission.kind === "refused" ? admission.error.extensions : {};
  return { ...admission, ...extensions };
}

/** What is left, by the name of the budget. */
function leftIn(fields: ReadonlyMap<string, string>): Record<string, number> {
  const items = [...(fields.get("ratelimit") ?? "").matchAll(/"(\w+)";r=(\d+);t=\d+/g)];
  return Object.fromEntries(items.map(([, name, left]) => [name, Number(left)]));
}

describe("an operation is paid for", () => {
  test("by its viewer and its address, each from a budget of its own", async () => {
    expect(leftIn((await chargeOf(query(60), ADA)).fields)).toEqual({
      queriesByViewer: 40,
      queriesByAddress: 90,
    });
    expect(leftIn((await chargeOf(query(60), ANONYMOUS)).fields)).toEqual({ queriesByAddress: 30 });
    expect(await chargeOf(query(60), GRACE)).toMatchObject({
      kind: "refused",
      code: "RATE_LIMITED",
      rate: "queriesByAddress",
      retryAfterMs: expect.closeTo(30 * 60_000, -3),
    });
  });

  test("with nothing when it is refused", async () => {
    await chargeOf(query(60), ADA);
    expect(await chargeOf(query(60), ADA)).toMatchObject({ rate: "queriesByViewer" });
    expect(leftIn((await chargeOf(query(1), ANONYMOUS)).fields).queriesByAddress).toBe(89);
  });

  test("with 1 at least", async () => {
    expect(leftIn((await chargeOf(query(0), ANONYMOUS)).fields).queriesByAddress).toBe(149);
  });

  test("with what its answer cost, once that is known", async () => {
    const admission = await chargeOf(query(90), ADA);
    if (admission.kind === "admitted") admission.refund(10);
    expect(leftIn((await chargeOf(query(1), ADA)).fields)).toEqual({
      queriesByViewer: 89,
      queriesByAddress: 139,
    });
  });

  test("with no more than was estimated, and no less than 1", async () => {
    const [dear, free] = [await chargeOf(query(10), ADA), await chargeOf(query(10), ADA)];
    if (dear.kind === "admitted") dear.refund(50);
    if (free.kind === "admitted") free.refund(0);
    expect(leftIn((await chargeOf(query(1), ADA)).fields).queriesByViewer).toBe(88);
  });

  test("with an attempt beside, which no answer gives back, when it tries a credential", async () => {
    for (const left of [1, 0]) {
      const admission = await chargeOf(signIn, ANONYMOUS);
      expect(leftIn(admission.fields).credentialsByAddress).toBe(left);
      if (admission.kind === "admitted") admission.refund(0);
    }
    expect(await chargeOf(signIn, ADA)).toMatchObject({ rate: "credentialsByAddress" });
  });
});

describe("a credential that is free if accepted", () => {
  const RATE = RATES.credentialsByAddress;
  const left = async () => {
    const { fields } = await chargeOf(refresh, ANONYMOUS);
    return leftIn(fields).credentialsByAddress;
  };

  test("costs no attempt while nothing is refused, however many are under way", async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => chargeOf(refresh, ANONYMOUS)));
    expect(all.filter(({ kind }) => kind === "refused")).toEqual([]);
    for (const each of all) if (each.kind === "admitted") await each.chargeRefused(0);
    expect(await left()).toBe(RATE.burst);
  });

  test("costs one when it is refused, and accepted ones between give none back", async () => {
    for (let refused = 0; refused < RATE.burst; refused += 1) {
      const [wrong, right] = [await chargeOf(refresh, ANONYMOUS), await chargeOf(refresh, ADA)];
      if (wrong.kind === "admitted") await wrong.chargeRefused(1);
      if (right.kind === "admitted") await right.chargeRefused(0);
    }
    expect(await chargeOf(refresh, ANONYMOUS)).toMatchObject({
      kind: "refused",
      rate: "credentialsByAddress",
      retryAfterMs: expect.closeTo(60_000, -3),
    });
    expect(await chargeOf(signIn, ANONYMOUS)).toMatchObject({ rate: "credentialsByAddress" });
  });

  test("leaves nothing when more are refused at once than may be", async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => chargeOf(refresh, ANONYMOUS)));
    for (const each of all) if (each.kind === "admitted") await each.chargeRefused(1);
    expect(await chargeOf(refresh, ANONYMOUS)).toMatchObject({ rate: "credentialsByAddress" });
  });

  test("is refused when what is paid before has left nothing", async () => {
    for (let at = 0; at < RATE.burst; at += 1) await chargeOf(signIn, ANONYMOUS);
    expect(await chargeOf(refresh, ANONYMOUS)).toMatchObject({ rate: "credentialsByAddress" });
  });
});

test("a ledger is told neither an address nor who a viewer is", async () => {
  await chargeOf(query(1), ADA);
  expect([...keys].join()).not.toMatch(/ada|203/);
  expect([...keys]).toEqual([
    expect.stringMatching(/^queriesByViewer:[\w-]{22}$/),
    expect.stringMatching(/^queriesByAddress:[\w-]{22}$/),
  ]);
});

describe("while Redis is away", () => {
  test("what tries a credential is refused, and may be tried again", async () => {
    isRedisHere = false;
    const refusal = { kind: "refused", code: "SUBGRAPH_UNAVAILABLE", retryAfterMs: 1_000 };
    expect(await chargeOf(signIn, ADA)).toMatchObject(refusal);
    expect(await chargeOf(refresh, ADA)).toMatchObject(refusal);
  });

  test("anything else draws on budgets of this process, refunds included", async () => {
    isRedisHere = false;
    const admission = await chargeOf(query(90), ADA);
    expect(await chargeOf(query(90), ADA)).toMatchObject({ rate: "queriesByViewer" });
    isRedisHere = true;
    if (admission.kind === "admitted") admission.refund(10);
    expect(leftIn((await chargeOf(query(90), ADA)).fields).queriesByViewer).toBe(10);
    isRedisHere = false;
    expect(leftIn((await chargeOf(query(90), ADA)).fields).queriesByViewer).toBe(0);
  });
});
