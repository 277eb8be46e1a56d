// Guarantees about federation: what a router must answer over subgraphs that use each feature of
// it, asked over HTTP. The cases are in features/, and hold for any router that is put behind
// startGraph.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ComposedGraph, startGraph } from "./composed.ts";
import type { Case, ExpectedError } from "./feature.ts";
import { aliases } from "./features/aliases.ts";
import { args } from "./features/arguments.ts";
import { chains } from "./features/chains.ts";
import { compoundKeys } from "./features/compound-keys.ts";
import { conditions } from "./features/conditions.ts";
import { errors } from "./features/errors.ts";
import { firstFederation } from "./features/first-federation.ts";
import { fragments } from "./features/fragments.ts";
import { gone } from "./features/gone.ts";
import { inaccessible } from "./features/inaccessible.ts";
import { interfaceObjects } from "./features/interface-objects.ts";
import { interfaces } from "./features/interfaces.ts";
import { introspection } from "./features/introspection.ts";
import { keyChains } from "./features/key-chains.ts";
import { lists } from "./features/lists.ts";
import { merging } from "./features/merging.ts";
import { mixedKeys } from "./features/mixed-keys.ts";
import { mutations } from "./features/mutations.ts";
import { nulls } from "./features/nulls.ts";
import { outages } from "./features/outages.ts";
import { override } from "./features/override.ts";
import { partialInterfaces } from "./features/partial-interfaces.ts";
import { provides } from "./features/provides.ts";
import { requires } from "./features/requires.ts";
import { requiresArguments } from "./features/requires-arguments.ts";
import { requiresObjects } from "./features/requires-objects.ts";
import { shareable } from "./features/shareable.ts";
import { simpleKeys } from "./features/simple-keys.ts";
import { unions } from "./features/unions.ts";

const FEATURES = [
  aliases,
  args,
  chains,
  compoundKeys,
  conditions,
  errors,
  firstFederation,
  fragments,
  gone,
  inaccessible,
  interfaceObjects,
  interfaces,
  introspection,
  keyChains,
  lists,
  merging,
  mixedKeys,
  mutations,
  nulls,
  outages,
  override,
  partialInterfaces,
  provides,
  requires,
  requiresArguments,
  requiresObjects,
  shareable,
  simpleKeys,
  unions,
];

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
  }
});

interface AnyAnswer {
  readonly data?: unknown;
  readonly errors?: readonly AnyError[];
}

interface AnyError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly traceId?: string };
}

/** The whole answer to a case, and what the subgraphs were asked that it speaks of. */
async function answerTo({ url, subgraphs }: ComposedGraph, each: Case) {
  const { query, operationName, variables, broken = {}, asked, refused } = each;
  for (const [name, breakage] of Object.entries(broken)) await served(name).breakWith(breakage);
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, operationName, variables }),
    });
    const { status } = response;
    const { data, errors, ...others } = (await response.json()) as AnyAnswer;
    const seen = Object.keys(asked ?? {}).map((name) => [name, countsOf(name)]);
    return {
      status,
      data,
      ...(refused
        ? { refused: errors?.map(codeOf) }
        : { errors: errors && inOrder(errors.map(seenError)) }),
      ...others,
      ...(asked && { asked: Object.fromEntries(seen) }),
    };
  } finally {
    await Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.mend()));
  }

  function served(name: string) {
    const subgraph = subgraphs[name];
    if (!subgraph) throw new Error(`there is no subgraph ${name}`);
    return subgraph;
  }
  function countsOf(name: string): number[] {
    return served(name)
      .takeAsked()
      .map(({ variables: given }) => given?.representations?.length ?? 0);
  }
}

function expected({ data, errors, refused, asked }: Case) {
  return {
    status: refused ? 400 : 200,
    data,
    ...(refused ? { refused } : { errors: errors && inOrder(errors) }),
    ...(asked && { asked }),
  };
}

const codeOf = ({ extensions }: AnyError) => extensions?.code;

/** Where in the document it was raised is for people; the trace is another one each time. */
function seenError({ message, path, extensions = {} }: AnyError): ExpectedError {
  const { code = "no code", traceId: _, ...facts } = extensions;
  return { message, code, ...(path && { path }), ...facts };
}

function inOrder(errors: readonly ExpectedError[]): ExpectedError[] {
  const keyOf = ({ path, message }: ExpectedError) => JSON.stringify([path, message]);
  return [...errors].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

/** As text, because the order of fields is part of an answer, and `__proto__` may be one. */
function textOf(answer: unknown): string {
  return JSON.stringify(answer, null, 1);
}
