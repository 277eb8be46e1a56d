// A property of router and subgraphs: for any bytes, as HTTP or WebSocket, no answer is a 5xx or
// has texts of Node, V8 or a library, no bug is logged, and the next request is served. `FUZZ_SEED`
// repeats the changes of a run.
import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stack } from "../kit/stack.ts";
import { type OwnRouter, startOwnRouter } from "./fuzz/router.ts";
import { SEED } from "./fuzz/run.ts";
import { errorsIn, faultsOf, send, sendAndVanish, statusesIn } from "./raw/exchange.ts";
import { changedFrames, handshake, ODD_FRAMES, ODD_HANDSHAKES } from "./raw/frames.ts";
import { BAD_HOSTS, changedRequests, ODD_REQUESTS, request } from "./raw/requests.ts";

const CHANGED = 300;
const AT_ONCE = 10;
const TIMEOUT = { timeout: 120_000 };

let router: OwnRouter;
let doors: readonly (readonly [name: string, url: string])[];
beforeAll(async () => {
  router = await startOwnRouter("raw", { LOG_LEVEL: "info" });
  const [subgraph = ""] = stack().urls.subgraphs.users ?? [];
  doors = [
    ["the router", router.url],
    ["a subgraph", subgraph],
  ];
});
afterAll(() => router?.stop());

/** The faults of the answers, each with its probe, and whether the servers still answer. */
async function faultsAfter(probes: readonly (readonly [string, Buffer])[]): Promise<string[]> {
  const faults: string[] = [];
  for (const [door, url] of doors) {
    const left = [...probes];
    const work = async () => {
      for (let next = left.pop(); next; next = left.pop()) {
        const [what, bytes] = next;
        const answer = await send(url, bytes);
        const sent = JSON.stringify(bytes.toString("latin1").slice(0, 300));
        const report = `${sent} -> ${answer.toString("latin1").slice(0, 600)}`;
        faults.push(...faultsOf(answer).map((fault) => `${door}, ${what}: ${fault}: ${report}`));
        const { status } = await fetch(new URL("/livez", url));
        if (status !== 200) faults.push(`${door}, ${what}: does not serve any more`);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }
  return faults;
}

describe.each(["the router", "a subgraph"])("%s refuses a request", (door) => {
  test.each(BAD_HOSTS)("with %s", async (_what, bytes) => {
    const url = doors.find(([name]) => name === door)?.[1] ?? "";
    const answer = await send(url, bytes);
    expect(statusesIn(answer)).toEqual([400]);
    expect(errorsIn(answer)).toEqual([
      { message: expect.stringMatching(/host/i), extensions: { code: "BAD_REQUEST" } },
    ]);
  });
});

describe("the answers leak no internals, and the next request is served, after", () => {
  test("odd requests", TIMEOUT, async () => {
    expect(await faultsAfter(ODD_REQUESTS)).toEqual([]);
  });

  test("requests with bytes changed", TIMEOUT, async () => {
    const changed = fc.sample(changedRequests, { seed: SEED, numRuns: CHANGED });
    const faults = await faultsAfter(
      changed.map((bytes, at) => [`FUZZ_SEED=${SEED} ${at}`, bytes]),
    );
    expect(faults).toEqual([]);
  });

  test("odd handshakes", TIMEOUT, async () => {
    expect(await faultsAfter(ODD_HANDSHAKES)).toEqual([]);
  });

  test("odd frames", TIMEOUT, async () => {
    const behind = ODD_FRAMES.map(
      ([what, bytes]) => [what, Buffer.concat([handshake(), bytes])] as const,
    );
    expect(await faultsAfter(behind)).toEqual([]);
  });

  test("frames with bytes changed", TIMEOUT, async () => {
    const changed = fc.sample(changedFrames, { seed: SEED, numRuns: CHANGED });
    const behind = changed.map(
      (bytes, at) => [`FUZZ_SEED=${SEED} ${at}`, Buffer.concat([handshake(), bytes])] as const,
    );
    expect(await faultsAfter(behind)).toEqual([]);
  });
});

test("a client that disconnects before the answer affects no other", TIMEOUT, async () => {
  const all = [...BAD_HOSTS, ...ODD_REQUESTS, ...ODD_HANDSHAKES, ["", handshake()] as const];
  for (const [, url] of doors) {
    await Promise.all(all.map(([, bytes]) => sendAndVanish(url, bytes)));
    expect(statusesIn(await send(url, request({ line: "GET /livez HTTP/1.1", body: "" })))).toEqual(
      [200],
    );
  }
});

test("the router is the same process, and has logged no bug and no stack", async () => {
  expect(router.restarts()).toBe(0);
  const lines = (await readFile(router.logFile, "utf8")).split("\n");
  expect(
    lines.filter((line) => /"level":"(?:error|fatal)"|"stack":|\n? {4}at /.test(line)),
  ).toEqual([]);
});

describe("the judge finds", () => {
  const answered = (status: string, body: string) =>
    Buffer.from(`HTTP/1.1 ${status}\r\n\r\n${body}`);

  test.each([
    ["a status of 500", answered("500 Internal Server Error", "{}"), "status 500"],
    ["a text of V8", answered("400 Bad Request", "Maximum call stack"), "says Maximum call stack"],
    ["a text of Node", answered("400 Bad Request", "Invalid URL"), "says Invalid URL"],
    ["a library", answered("400 Bad Request", "FST_ERR_BAD_URL"), "says FST_"],
  ])("%s", (_what, answer, fault) => {
    expect(faultsOf(answer)).toContain(fault);
  });
});
