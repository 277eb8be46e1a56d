// Guarantees about the deadline of a fetch, and about fetches that are shared or batched. Sockets
// are tested in tests/e2e/router.
import { pino } from "pino";
import { describe, expect, test } from "vitest";
import { printMetrics } from "#kit/telemetry/metrics";
import { createMetrics } from "../telemetry/metrics.ts";
import { createDeadline } from "./deadline.ts";
import { createFlights } from "./flights.ts";
import type { RawAnswer, SubgraphPool } from "./pool.ts";
import { type Caller, createSubgraph } from "./subgraph.ts";

const QUERY = { head: '{"query":"{ a }","variables":', operationKind: "query" } as const;
const MUTATION = {
  head: '{"query":"mutation { a }","variables":',
  operationKind: "mutation",
} as const;
const ENTITIES = { head: '{"query":"{ _entities }","variables":', operationKind: "query" } as const;
const PERSON = "the token of a person";
const OTHER = "the token of another";

/** A subgraph that the test controls. */
function byHand() {
  const sent: { readonly body: string; answer(body: unknown): void; isAborted: boolean }[] = [];
  const pool: SubgraphPool = {
    name: "byHand",
    url: new URL("http://127.0.0.1:1/graphql"),
    post(body) {
      let respond: (raw: RawAnswer) => void = () => {};
      let fail = () => {};
      const answer = new Promise<RawAnswer>((resolve, reject) => {
        respond = resolve;
        fail = () => reject(new Error("aborted"));
      });
      const request = {
        body,
        answer: (json: unknown) => respond({ status: 200, text: JSON.stringify(json) }),
        isAborted: false,
      };
      sent.push(request);
      const abort = () => {
        request.isAborted = true;
        fail();
      };
      return { answer, abort };
    },
    ready: async () => {},
    close: async () => {},
  };
  const metrics = createMetrics();
  const subgraph = createSubgraph({
    pool,
    flights: createFlights(),
    metrics,
    log: pino({ level: "silent" }),
  });
  /** Resolves when this many requests were sent. */
  const arrived = (count: number) => expect.poll(() => sent.length).toBe(count);
  return { sent, subgraph, metrics, arrived };
}

function caller(token = PERSON, isMutation = false, withinMs = 60_000): Caller {
  const deadline = createDeadline(Date.now() + withinMs);
  const trace = { traceId: "a".repeat(32), span: null };
  return { token, ...trace, deadline, isMutation, needsFreshReads: isMutation };
}

describe("a fetch", () => {
  test("is aborted at the deadline of the operation", async () => {
    const { sent, subgraph, metrics } = byHand();
    const answer = subgraph.fetch(QUERY, {}, caller(PERSON, false, 30));
    await expect(answer).rejects.toMatchObject({ extensions: { code: "DEADLINE_EXCEEDED" } });
    expect(sent.map(({ isAborted }) => isAborted)).toEqual([true]);
    expect(await printMetrics(metrics.registry)).toMatch(
      /call_duration_seconds_count\{subgraph="byHand",outcome="deadline"\} 1/,
    );
  });

  test("is not sent after the deadline", async () => {
    const { sent, subgraph } = byHand();
    const answer = subgraph.fetch(QUERY, {}, caller(PERSON, false, -1));
    await expect(answer).rejects.toMatchObject({ extensions: { code: "DEADLINE_EXCEEDED" } });
    expect(sent).toEqual([]);
  });
});

describe("equal reads in flight", () => {
  test("of one identity are one request, and each gets an answer of its own", async () => {
    const { sent, subgraph, arrived } = byHand();
    const answers = [1, 2, 3].map(() => subgraph.fetch(QUERY, { id: 1 }, caller()));
    await arrived(1);
    sent[0]?.answer({ data: { a: { b: 1 } } });
    const [first, second] = await Promise.all(answers);
    expect(first).toEqual({ data: { a: { b: 1 } } });
    expect(second).toEqual(first);
    expect(second?.data).not.toBe(first?.data);
  });

  test.each<[string, Parameters<typeof caller>, Record<string, unknown>]>([
    ["of another identity", [OTHER], { id: 1 }],
    ["with other variables", [PERSON], { id: 2 }],
    ["inside a mutation", [PERSON, true], { id: 1 }],
  ])("%s are not shared", async (_what, whose, variables) => {
    const { subgraph, arrived } = byHand();
    void subgraph.fetch(QUERY, { id: 1 }, caller());
    void subgraph.fetch(QUERY, variables, caller(...whose));
    await arrived(2);
  });

  test("are aborted when no caller waits any more, and not before", async () => {
    const { sent, subgraph, arrived } = byHand();
    const hasty = subgraph.fetch(QUERY, {}, caller(PERSON, false, 30));
    const patient = subgraph.fetch(QUERY, {}, caller());
    await arrived(1);
    await expect(hasty).rejects.toMatchObject({ extensions: { code: "DEADLINE_EXCEEDED" } });
    expect(sent[0]?.isAborted).toBe(false);
    sent[0]?.answer({ data: {} });
    expect(await patient).toEqual({ data: {} });
  });

  test("are not joined by a caller that follows a later change", async () => {
    const { sent, subgraph, arrived } = byHand();
    const before = subgraph.fetch(QUERY, {}, caller());
    const change = subgraph.fetch(MUTATION, {}, caller(PERSON, true));
    await arrived(2);
    sent[1]?.answer({ data: { a: 2 } });
    await change;
    const after = subgraph.fetch(QUERY, {}, caller());
    await arrived(3);
    sent[0]?.answer({ data: { a: 1 } });
    sent[2]?.answer({ data: { a: 2 } });
    expect([await before, await after]).toEqual([{ data: { a: 1 } }, { data: { a: 2 } }]);
  });
});

describe("entity fetches of one turn", () => {
  test("with the same query are one request, with each representation once", async () => {
    const { sent, subgraph, arrived } = byHand();
    const one = subgraph.fetchEntities(ENTITIES, ['"a"', '"b"'], {}, caller());
    const other = subgraph.fetchEntities(ENTITIES, ['"b"', '"c"'], {}, caller());
    await arrived(1);
    expect(JSON.parse(sent[0]?.body ?? "")).toEqual({
      query: "{ _entities }",
      variables: { representations: ["a", "b", "c"] },
    });
    const errors = [{ message: "no c", path: ["_entities", 2, "x"] }];
    sent[0]?.answer({ data: { _entities: [{ id: 1 }, { id: 2 }, null] }, errors });
    const [first, second] = await Promise.all([one, other]);
    expect(first).toEqual({ data: { _entities: [{ id: 1 }, { id: 2 }] } });
    expect(second).toEqual({
      data: { _entities: [{ id: 2 }, null] },
      errors: [{ message: "no c", path: ["_entities", 1, "x"] }],
    });
  });

  test("give each caller data of its own", async () => {
    const { sent, subgraph, arrived } = byHand();
    const fetches = [1, 2].map(() => subgraph.fetchEntities(ENTITIES, ['"a"'], {}, caller()));
    await arrived(1);
    sent[0]?.answer({ data: { _entities: [{ id: 1 }] } });
    const [first, second] = (await Promise.all(fetches)).map(({ data }) => data?._entities);
    expect(first).toEqual(second);
    expect(Array.isArray(first) && Array.isArray(second) && first[0] === second[0]).toBe(false);
  });

  test.each<[string, string, Record<string, unknown>]>([
    ["of another identity", OTHER, { first: 1 }],
    ["with other variables", PERSON, { first: 2 }],
  ])("are separate %s", async (_what, token, variables) => {
    const { sent, subgraph, arrived } = byHand();
    void subgraph.fetchEntities(ENTITIES, ['"a"'], { first: 1 }, caller());
    void subgraph.fetchEntities(ENTITIES, ['"a"'], variables, caller(token));
    await arrived(2);
    expect(JSON.parse(sent[1]?.body ?? "").variables).toEqual({
      representations: ["a"],
      ...variables,
    });
  });
});
