// Federation: the answers of a router over subgraphs that use each of its features, over HTTP. The
// cases are in features/, and apply to any router behind startGraph.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerOf, answerTo, expected, isWritten, textOf } from "./answers.ts";
import { type ComposedGraph, startGraph } from "./composed.ts";
import type { Case } from "./feature.ts";
import { FEATURES } from "./features.ts";
import { at, nullsIn, questionBelow } from "./strictness.ts";

describe.each(FEATURES)("$name", ({ subgraphs, cases }) => {
  let graph: ComposedGraph;
  beforeAll(async () => {
    graph = await startGraph(subgraphs);
  });
  afterAll(() => graph.stop());

  for (const [guarantee, each] of Object.entries(cases)) {
    const { fails } = each;
    test(fails ? `${guarantee} (not yet: ${fails})` : guarantee, async () => {
      const answer = textOf(await answerTo(graph, each));
      if (fails)
        expect(answer, "is right by now: take `fails` out").not.toBe(textOf(expected(each)));
      else expect(answer).toBe(textOf(expected(each)));
    });
    if (each.refused) continue;
    test(`${guarantee}; every null has its error`, () => expectStrictness(graph, each));
  }
});

async function expectStrictness(graph: ComposedGraph, question: Case): Promise<void> {
  const answer = await answerOf(graph, question);
  const { forbidden, silent } = nullsIn(graph.schema, question, answer);
  expect(forbidden).toEqual([]);
  for (const path of silent) {
    const below = isWritten(question) ? null : questionBelow(graph.schema, question, path);
    if (!below) continue;
    const itself = at(await answerOf(graph, below), path);
    expect(itself, `${path.join(".")} is null by what is below, without an error`).toBeNull();
  }
}
