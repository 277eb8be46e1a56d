// Over every graph of features/, an operation that is written in another way has the same answer as
// the plain one.
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Answer,
  answerOf,
  inOrder,
  isWritten,
  overHttp,
  overSocket,
  seenError,
  textOf,
} from "./answers.ts";
import { type ComposedGraph, startGraph } from "./composed.ts";
import type { Case } from "./feature.ts";
import { FEATURES } from "./features.ts";
import { REWRITINGS, type Rewritten, turnedBack } from "./rewritings.ts";
import { nullsIn } from "./strictness.ts";

describe.each(FEATURES)("$name", ({ subgraphs, cases }) => {
  let graph: ComposedGraph;
  beforeAll(async () => {
    graph = await startGraph(subgraphs);
  });
  afterAll(() => graph.stop());

  for (const [guarantee, each] of Object.entries(cases)) {
    test.each(rewritingsOf(each))(`${guarantee}, %s`, async (name) => {
      const rewriting = REWRITINGS[name];
      if (!rewriting) throw new Error(`there is no rewriting ${name}`);
      const rewritten = rewriting(parse(each.query, { noLocation: true }));
      const { query, variables } = rewritten;
      const question = { ...each, query, variables: { ...each.variables, ...variables } };
      const asking = name === "over a socket" ? overSocket : overHttp;
      const plain = seen(await answerOf(graph, each), { ...PLAIN, ignored: rewritten.ignored });
      const answer = await answerOf(graph, question, asking);
      expect(seen(answer, rewritten), query).toBe(plain);
      expect(nullsIn(graph.schema, question, answer).forbidden).toEqual([]);
    });
  }
});

/** Refused and failing cases have none. A fixed answer has only the first one. */
function rewritingsOf(each: Case): string[] {
  if (each.refused || each.fails) return [];
  const [first = "", ...others] = Object.keys(REWRITINGS);
  if (isWritten(each)) return [first];
  const isTyped = (name: string) => name.includes("__typename");
  return [first, ...others.filter((name) => !(each.isTypeless && isTyped(name)))];
}

function seen({ data, errors }: Answer, turning: Turning): string {
  const { keyOf } = turning;
  const told = errors?.map(seenError).map(({ path, ...error }) => ({
    ...error,
    ...(path && { path: path.map((step) => (typeof step === "string" ? keyOf(step) : step)) }),
  }));
  return textOf({ data: turnedBack(data, turning), errors: told && inOrder(told) });
}

type Turning = Pick<Rewritten, "keyOf" | "ignored">;

const PLAIN = { keyOf: (key: string) => key };
