// A property of the running router: for any document and variables, from any person and over both
// transports, it answers in time and with codes of the registry, leaks nothing, and its memory does
// not grow. `FUZZ_SEED` repeats a run, `FUZZ_PROBES` sets its length.
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { subgraphNames } from "../../local/project.ts";
import { stack } from "../kit/stack.ts";
import { type Cast, gatherCast } from "./fuzz/cast.ts";
import { type OwnRouter, startOwnRouter } from "./fuzz/router.ts";
import { AT_ONCE, draw, emptyTally, fire, SEED } from "./fuzz/run.ts";
import { openSenders } from "./fuzz/senders.ts";
import { TRACE_PREFIX } from "./fuzz/traffic.ts";
import { SECRET_MARK } from "./fuzz/values.ts";
import { ANSWERED_WITHIN_MS, type Arrived, faultsOf, leaksIn } from "./fuzz/verdict.ts";
import { entryOf, type LoggedLine, type Logs, watchLogs } from "./logs.ts";

const PROBES = Number(process.env.FUZZ_PROBES || 4_000);
const RUN_TIMEOUT_MS = 600_000;
/**
 * Documents and plans are cached, at most 30 MB of each by an estimate from their text, which is a
 * fraction of their size as objects. Measured: 20 to 55 MB. Keeping every answer or a stream would
 * take more.
 */
const HEAP_GROWTH_MAX = 150 * 2 ** 20;
/** The least share of probes that are not refused. */
const ANSWERED_LEAST = 0.1;

let cast: Cast;
let router: OwnRouter;
let logs: Logs;
let processes: readonly string[];
const tally = emptyTally();
/** Bytes after each third of the run, without garbage. */
const heaps: number[] = [];

const SERVICE = new RegExp(`^(?:${[...subgraphNames(), "router"].join("|")})(?:-\\d+)?\\.json$`);

/** The pids of the stack's services, which change with a restart. */
function processesNow(): string[] {
  const folder = join(stack().dataDir, "run");
  const names = readdirSync(folder).filter((name) => SERVICE.test(name));
  return names.map((name) => `${name}: ${readFileSync(join(folder, name), "utf8")}`);
}

beforeAll(async () => {
  // Only then the traces of the probes are in the log.
  const trusting = startOwnRouter("probed", { TRUSTED_PROXIES: "loopback" });
  [cast, router, logs] = await Promise.all([gatherCast(), trusting, watchLogs()]);
  processes = processesNow();
  const senders = openSenders({ url: router.url, tokens: cast.tokens, connections: AT_ONCE });
  const startedAt = performance.now();
  const probes = draw(cast, PROBES);
  for (const third of [1, 2, 3]) {
    await fire(probes, Math.round((PROBES * third) / 3), senders, tally, cast.secrets);
    heaps.push(await router.heapBytes());
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  await senders.close();
  const heapsMb = heaps.map((bytes) => Math.round(bytes / 2 ** 20));
  const { sent, slowestMs, answers } = tally;
  const facts = { seconds, slowestMs: Math.round(slowestMs), heapsMb };
  console.log(`FUZZ_SEED=${SEED} repeats these ${sent} probes`, facts, answers);
}, RUN_TIMEOUT_MS);
afterAll(() => router.stop());

test("every answer is in time, has codes of the registry only, and leaks nothing", () => {
  expect(tally.faults).toEqual([]);
  expect(tally.slowestMs).toBeLessThan(ANSWERED_WITHIN_MS);
});

test("the operations reach every layer: parser, validation, limits, subgraphs and data", () => {
  const of = (code: string) =>
    ["http", "socket"].map((transport) => tally.answers.get(`${transport} ${code}`) ?? 0);
  const [overHttp = 0, overSocket = 0] = of("none");
  expect((overHttp + overSocket) / tally.sent).toBeGreaterThan(ANSWERED_LEAST);
  for (const code of ["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"]) {
    expect(Math.min(...of(code)), code).toBeGreaterThan(0);
  }
  for (const code of ["UNAUTHENTICATED", "NOT_FOUND", "none"]) {
    expect(Math.min(...of(code)), code).toBeGreaterThan(0);
  }
});

test("memory does not grow, and no stream stays open", async () => {
  const [early = 0, , late = 0] = heaps;
  expect(early).toBeGreaterThan(2 ** 20);
  expect(late - early).toBeLessThan(HEAP_GROWTH_MAX);
  await expect.poll(() => router.metric("router_open_subscriptions")).toBe(0);
});

test("the router and every subgraph are still the same processes, and ready", async () => {
  expect(processes.length).toBeGreaterThan(subgraphNames().length);
  expect(processesNow()).toEqual(processes);
  expect(router.restarts()).toBe(0);
  const services = [router.url, ...Object.values(stack().urls.subgraphs).flat()];
  for (const url of services) {
    expect((await fetch(new URL("/readyz", url))).status, url).toBe(200);
  }
});

/** The faults of a log line. Lines about the run's own probes have more rules. */
function faultsOfLine(line: LoggedLine): string[] {
  const { text } = line;
  const entry = entryOf(line);
  const isOfRun = line.service === "probed" || text.includes(TRACE_PREFIX);
  const secrets = [...cast.secrets, SECRET_MARK];
  const leaks = leaksIn(text, secrets);
  if (!isOfRun)
    return leaks.filter((leak) => ["a password hash", "a token", "a secret"].includes(leak));
  if (/^(?:Debugger |For help, see)/.test(text)) return [];
  if (!entry) return ["no JSON"];
  return /^(?:error|fatal)$/.test(String(entry.level)) ? [...leaks, "a bug"] : leaks;
}

test("the logs have no secret and no bug", async () => {
  const lines = await logs.since();
  expect(lines.filter(({ text }) => text.includes(TRACE_PREFIX)).length).toBeGreaterThan(
    PROBES / 10,
  );
  const faulty = lines.flatMap((line) =>
    faultsOfLine(line).map((fault) => `${fault}: ${line.text}`),
  );
  expect(faulty).toEqual([]);
});

describe("the judge finds", () => {
  const bad = (error: object): Arrived => ({
    status: 200,
    text: JSON.stringify({ errors: [error] }),
    ms: 1,
  });
  const refusalWith = (message: string) => bad({ message, extensions: { code: "BAD_USER_INPUT" } });

  test.each<[string, Arrived, string]>([
    ["a status of 500", { status: 500, text: `{"data":{}}`, ms: 1 }, "status 500"],
    [
      "an answer that is late",
      { status: 200, text: `{"data":{}}`, ms: 60_000 },
      "answered after 60000 ms",
    ],
    ["HTML", { status: 200, text: "<h1>Oops</h1>", ms: 1 }, "no GraphQL answer"],
    ["an answer without anything", { status: 200, text: "{}", ms: 1 }, "neither data nor errors"],
    [
      "a masked bug",
      bad({ message: "x", extensions: { code: "INTERNAL_SERVER_ERROR" } }),
      "INTERNAL_SERVER_ERROR",
    ],
    ["an error without a code", bad({ message: "x" }), "code undefined is not in the registry"],
    [
      "a code of a library",
      bad({ message: "x", extensions: { code: "P2002" } }),
      "code P2002 is not in the registry",
    ],
    ["a stack trace", refusalWith("x\n    at run (/app/a.ts:1:2)"), "shows a stack trace"],
    ["a password hash", refusalWith("$argon2id$v=19$m=19456"), "shows a password hash"],
    ["SQL", refusalWith("select id from person where"), "shows SQL"],
    ["a token", refusalWith("got eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiIxIn0.x"), "shows a token"],
    ["a file", refusalWith("in /app/node_modules/pg"), "shows a file"],
    [
      "a private extension",
      bad({ message: "x", extensions: { code: "NOT_FOUND", stacktrace: [] } }),
      "an error with stacktrace",
    ],
    [
      "a secret in the data",
      { status: 200, text: `{"data":{"a":"${SECRET_MARK}"}}`, ms: 1 },
      "shows a secret",
    ],
  ])("%s", (_what, answer, fault) => {
    expect(faultsOf(answer, [SECRET_MARK])).toContain(fault);
  });

  test("nothing wrong in a good answer", () => {
    const refusal = { message: "x", path: ["a"], extensions: { code: "NOT_FOUND", field: "id" } };
    const text = JSON.stringify({ data: { a: null }, errors: [refusal] });
    expect(faultsOf({ status: 200, text, ms: 1 }, [SECRET_MARK])).toEqual([]);
  });

  test("one bad answer among a hundred good ones", async () => {
    let answers = 0;
    const server = createServer((_request, response) => {
      answers += 1;
      response.end(
        answers === 50
          ? `{"errors":[{"message":"relation \\"person\\" does not exist"}]}`
          : `{"data":{}}`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const senders = openSenders({
      url: `http://127.0.0.1:${port}/graphql`,
      tokens: {},
      connections: AT_ONCE,
    });
    const own = emptyTally();
    const probes = [...draw(cast, 100)].map((probe) => ({
      ...probe,
      transport: "http" as const,
    }));
    await fire(probes.values(), probes.length, senders, own, []);
    await senders.close();
    server.close();
    expect([own.sent, own.faults.length]).toEqual([100, 1]);
    expect(own.faults[0]).toMatch(/^code undefined is not in the registry: /);
  });
});
