// Guarantees about fields that move to another subgraph step by step.
import { parse } from "graphql";
import { expect, test } from "vitest";
import { createOverrides } from "./overrides.ts";

const SUPERGRAPH = parse(`type T {
  a: ID @join__field(graph: A, override: "b", overrideLabel: "percent(25)")
  b: ID @join__field(graph: B, overrideLabel: "percent(25)")
  c: ID @join__field(graph: A, override: "b", overrideLabel: "percent(0)")
  d: ID @join__field(graph: A, override: "b", overrideLabel: "percent(100)")
  e: ID @join__field(graph: A, override: "b", overrideLabel: "of-somebody-else")
}`);

test.each([
  [0, true],
  [0.2499, true],
  [0.25, false],
  [0.9999, false],
])(
  "a field that moves for 25 percent has moved if the random number is below 0.25: %s",
  (lot, hasMoved) => {
    const { conditions, key } = createOverrides(SUPERGRAPH, () => lot)();
    expect([...conditions]).toEqual([
      ["percent(25)", hasMoved],
      ["percent(0)", false],
      ["percent(100)", true],
      ["of-somebody-else", false],
    ]);
    expect(key).toBe(hasMoved ? "1010" : "0010");
  },
);
