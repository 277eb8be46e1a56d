// Guarantees about the level of logs while a process runs.
import { pino } from "pino";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHttpServer } from "../service/http-server.ts";
import { createLogLevel, serveLogLevel } from "./log-level.ts";

beforeEach(() => {
  // Only what the level uses: Fastify needs the others.
  const toFake = ["setTimeout", "clearTimeout", "Date"] as const;
  vi.useFakeTimers({ now: new Date("2026-11-30T12:00:00Z"), toFake: [...toFake] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A service whose setting is `warn`, beside a worker with `error`. */
function aProcess() {
  const lines: { readonly from?: string; readonly to?: string }[] = [];
  const write = (line: string) => void lines.push(JSON.parse(line));
  const log = pino({ level: "warn" }, { write });
  const other = pino({ level: "error" }, { write: () => {} });
  const level = createLogLevel(
    log,
    new Map([
      [log, "warn"],
      [other, "error"],
    ]),
  );
  const changes = () => lines.map(({ from, to }) => `${from} ${to}`);
  return { level, levels: () => [log.level, other.level], changes };
}

test("a level counts for all logs of the process, until its minutes are over", () => {
  const { level, levels, changes } = aProcess();
  const set = level.set({ level: "debug", minutes: 5 });
  expect(set).toEqual({ level: "debug", until: new Date("2026-11-30T12:05:00Z") });
  expect(levels()).toEqual(["debug", "debug"]);
  vi.advanceTimersByTime(5 * 60_000 - 1);
  expect(levels()).toEqual(["debug", "debug"]);
  vi.advanceTimersByTime(1);
  expect(levels()).toEqual(["warn", "error"]);
  expect(level.report()).toEqual({ level: "warn", until: null });
  expect(changes()).toEqual(["warn debug", "debug warn"]);
});

test("the last of several levels counts, for its own time", () => {
  const { level, levels } = aProcess();
  level.set({ level: "debug", minutes: 5 });
  level.set({ level: "error", minutes: 60 });
  vi.advanceTimersByTime(10 * 60_000);
  expect(levels()).toEqual(["error", "error"]);
  expect(level.reset()).toEqual({ level: "warn", until: null });
  expect(levels()).toEqual(["warn", "error"]);
  expect(vi.getTimerCount()).toBe(0);
});

test("a level without a time returns after a quarter of an hour", () => {
  const { level } = aProcess();
  expect(level.set({ level: "info" }).until).toEqual(new Date("2026-11-30T12:15:00Z"));
});

test.each<[string, unknown, string]>([
  [
    "an unknown level",
    { level: "loud" },
    'level is none of trace, debug, info, warn, error (received "loud")',
  ],
  [
    "silence",
    { level: "silent" },
    'level is none of trace, debug, info, warn, error (received "silent")',
  ],
  ["no level", {}, "level is none of trace, debug, info, warn, error (received undefined)"],
  ["no time", { level: "debug", minutes: 0 }, "minutes is not above 0 (received 0)"],
  ["two days", { level: "debug", minutes: 2_880 }, "minutes is above 1440 (received 2880)"],
  [
    "a text as time",
    { level: "info", minutes: "9" },
    'minutes is not a number of minutes (received "9")',
  ],
  ["another field", { level: "info", hours: 1 }, "hours is not known"],
  ["no object", "debug", 'the body is not an object (received "debug")'],
])("%s is refused, with the field and what arrived", async (_what, body, message) => {
  vi.useRealTimers();
  const { level, levels } = aProcess();
  const app = createHttpServer({ log: pino({ level: "silent" }), bodyBytesMax: 1_000 });
  serveLogLevel(app, level);
  const answer = await app.inject({
    method: "PUT",
    url: "/log-level",
    headers: { host: "localhost", "content-type": "application/json" },
    payload: JSON.stringify(body),
  });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().errors[0]).toMatchObject({
    message,
    extensions: { code: "BAD_USER_INPUT" },
  });
  expect(levels()).toEqual(["warn", "error"]);
});
