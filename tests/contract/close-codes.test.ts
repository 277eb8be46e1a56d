// The guide for clients of sockets lists every close code that the suite provokes, and its numbers
// are those of the code.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { DEFAULT_LIMITS } from "../../router/limits/limits.ts";
import { DEFAULT_RATES } from "../../router/limits/rates.ts";
import { CLOSINGS } from "../../router/subscriptions/closings.ts";
import { CASES } from "../e2e/protocol/closings.ts";
import { projectFile } from "./project.ts";

const guide = readFileSync(projectFile("docs/guides/sockets.md"), "utf8");
/** A client's own close code is returned to it. The guide has only the usual one. */
const OF_CLIENTS = [1000, 1005, 4999];

it("lists every code and reason, and no other", () => {
  const rows = [...guide.matchAll(/^\| (\d{4}) \|([^|]*)\|/gm)].flatMap(([, code, cell = ""]) => {
    const reasons = [...cell.matchAll(/`([^`]+)`/g)].map(([, reason = ""]) => reason);
    return (reasons.length > 0 ? reasons : [""]).map((reason) => `${code} ${reason}`);
  });
  const brought = CASES.filter(({ closed }) => !OF_CLIENTS.includes(closed.code)).map(
    ({ closed }) => `${closed.code} ${closed.reason.replace("for 1 ", "for <id> ")}`,
  );
  const { code, reason } = CLOSINGS.broken;
  const expected = new Set(["1000 ", ...brought, `${code} ${reason}`]);
  // The router and ws share this code, and a row.
  expected.delete("1008 ");
  expect(rows.sort()).toEqual([...expected].sort());
});

describe("the guide says", () => {
  const { framesBySocket, connectionsByAddress } = DEFAULT_RATES;
  it.each([
    [`up to ${DEFAULT_LIMITS.socketOperations} at once`],
    [`at most ${DEFAULT_LIMITS.frameBytes / 1024} KiB`],
    [`More than ${DEFAULT_LIMITS.bufferedBytes / 1024} KiB waited`],
    [`Greet within ${DEFAULT_LIMITS.greetingMs / 1000} seconds`],
    [`unanswered for ${DEFAULT_LIMITS.silenceMs / 1000} seconds`],
    [`more than ${framesBySocket.burst} frames at once, or 1,200 a minute`],
    [`more than ${connectionsByAddress.perMinute} sockets a minute`],
  ])("%s", (text) => {
    expect(guide.replace(/\s+/g, " ")).toContain(text);
  });
});
