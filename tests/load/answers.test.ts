// The check of answers can fail: each gets an answer with one fault.
import { describe, expect, it } from "vitest";
import { type Answer, faultOf, isPartial, WHOLE } from "./answers.ts";

const down = (victim: string) => ({ kind: "down", victim }) as const;
const error = (code: string) => ({ message: "", path: ["matches"], extensions: { code } });
const answer = (changes: Partial<Answer>): Answer => ({
  name: "Matches",
  phase: WHOLE,
  ms: 1,
  answer: { status: 200, data: { matches: {} } },
  ...changes,
});
const partial = (code: string) => ({
  status: 200,
  data: { matches: {} },
  errors: [error(code)],
});
const empty = (code: string) => ({ status: 503, data: null, errors: [error(code)] });

describe("the check of answers", () => {
  it.each([
    ["has data and no error", {}],
    [
      "lost what is joined from the victim",
      { phase: down("messaging"), answer: partial("SUBGRAPH_UNAVAILABLE") },
    ],
    [
      "lost all because its root is at the victim",
      { phase: down("matching"), answer: empty("SUBGRAPH_UNAVAILABLE") },
    ],
  ])("passes when an answer %s", (_, changes) => expect(faultOf(answer(changes))).toBeNull());

  it.each([
    ["fails while nothing is down", { answer: partial("SUBGRAPH_UNAVAILABLE") }],
    ["is empty without an error", { answer: { status: 200, data: { matches: null } } }],
    ["never came", { answer: null, phase: down("messaging") }],
    [
      "has a code that no outage explains",
      { answer: partial("INTERNAL_SERVER_ERROR"), phase: down("messaging") },
    ],
    [
      "fails without a subgraph that it does not need",
      { answer: empty("SUBGRAPH_UNAVAILABLE"), phase: down("events") },
    ],
    [
      "lost all because of a joined field",
      { answer: empty("SUBGRAPH_UNAVAILABLE"), phase: down("messaging") },
    ],
    ["fails without Redis", { answer: partial("DEADLINE_EXCEEDED"), phase: down("redis") }],
  ])("fails when an answer %s", (_, changes) =>
    expect(faultOf(answer(changes))).toContain("Matches"),
  );

  it("counts an answer as partial that has data beside errors", () => {
    expect(isPartial(answer({ answer: partial("SUBGRAPH_UNAVAILABLE") }))).toBe(true);
    expect(isPartial(answer({ answer: empty("SUBGRAPH_UNAVAILABLE") }))).toBe(false);
    expect(isPartial(answer({}))).toBe(false);
  });
});
