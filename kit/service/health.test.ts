// Guarantees about the addresses of a service's health.
import { pino } from "pino";
import { afterEach, expect, test } from "vitest";
import { createHealth } from "./health.ts";
import { createHttpServer } from "./http-server.ts";

const log = pino({ level: "silent" });
const servers: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** A service with one dependency, at its own port and at the one for operators. */
function service() {
  const state = { failure: null as Error | null };
  const health = createHealth({
    async database() {
      if (state.failure) throw state.failure;
    },
  });
  const both = [false, true].map((isForOperators) =>
    createHttpServer({ log, bodyBytesMax: 1_000, health, isForOperators }),
  );
  servers.push(...both);
  const [open, admin] = both;
  const at = (server: typeof open) => async (url: string) => {
    const answer = await server?.inject({ url, headers: { host: "localhost" } });
    return [answer?.statusCode, answer?.json()];
  };
  return { state, open: at(open), admin: at(admin) };
}

test("a dependency that fails makes a service unready, and never unlive", async () => {
  const { state, open } = service();
  expect(await open("/readyz")).toEqual([200, { status: "ok" }]);
  state.failure = new Error("connect ECONNREFUSED 10.0.0.7:5432");
  expect(await open("/readyz")).toEqual([503, { status: "unavailable", failed: ["database"] }]);
  expect(await open("/livez")).toEqual([200, { status: "ok" }]);
});

test("a service has started once all its dependencies have answered, and stays so", async () => {
  const { state, open } = service();
  state.failure = new Error("not yet");
  expect(await open("/startupz")).toEqual([503, { status: "unavailable", failed: ["database"] }]);
  state.failure = null;
  expect(await open("/startupz")).toEqual([200, { status: "ok" }]);
  state.failure = new Error("gone");
  expect(await open("/startupz")).toEqual([200, { status: "ok" }]);
});

test("operators see the reason, and for how long a dependency has failed", async () => {
  const { state, admin } = service();
  await admin("/readyz");
  state.failure = new Error("connect ECONNREFUSED 10.0.0.7:5432");
  const database = {
    status: "failed",
    reason: "connect ECONNREFUSED 10.0.0.7:5432",
    tookMs: expect.any(Number),
    secondsSinceOk: 0,
  };
  const report = {
    status: "unavailable",
    failed: ["database"],
    checks: { database },
    optional: {},
  };
  expect(await admin("/readyz?verbose")).toEqual([503, report]);
});

test("what a service can do without is shown to operators, and changes no status", async () => {
  const redis = { isOk: false, reason: "rates is not connected", secondsSinceOk: 12 };
  const health = createHealth({}, () => ({ redis }));
  const admin = createHttpServer({ log, bodyBytesMax: 1_000, health, isForOperators: true });
  servers.push(admin);
  const answer = await admin.inject({ url: "/readyz?verbose", headers: { host: "localhost" } });
  const optional = {
    redis: { status: "failed", reason: "rates is not connected", secondsSinceOk: 12 },
  };
  expect(answer.json()).toEqual({ status: "ok", checks: {}, optional });
});

test("nobody else sees a reason", async () => {
  const { state, open } = service();
  state.failure = new Error("connect ECONNREFUSED 10.0.0.7:5432");
  const unavailable = { status: "unavailable", failed: ["database"] };
  expect(await open("/readyz?verbose")).toEqual([503, unavailable]);
});

test("a dependency that never answers counts as failed after two seconds", async () => {
  const health = createHealth({ queue: () => new Promise(() => {}) });
  const results = await health.check();
  expect(results.get("queue")).toMatchObject({ isOk: false, reason: "gave no answer in 2000 ms" });
});
