// Guarantees about trace ids in requests and responses.
import { expect, test } from "vitest";
import { traceIdOf, traceparentOf } from "./trace.ts";

test("a trace id is passed on through the header", () => {
  const id = traceIdOf(undefined);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(traceIdOf(traceparentOf(id))).toBe(id);
});

test.each([
  undefined,
  "",
  "nonsense",
  7,
  `00-${"0".repeat(32)}-${"1".repeat(16)}-01`,
  "00-ABC-1-1",
])("a header that makes no sense starts a new trace: %j", (header) => {
  expect(traceIdOf(header)).toMatch(/^[0-9a-f]{32}$/);
  expect(traceIdOf(header)).not.toBe("0".repeat(32));
});
