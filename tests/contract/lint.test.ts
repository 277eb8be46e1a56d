// Our schema rules: the project keeps them, and the lint reports each finding once with its place.
import { describe, expect, it } from "vitest";
import { compose } from "../../schema/compose.ts";
import { lint } from "../../schema/lint.ts";
import { readSubgraphs, type SubgraphSdl } from "../../schema/sdl.ts";
import { subgraphOf } from "./sdl.ts";

it("the project's schema keeps every rule", () => {
  const subgraphs = readSubgraphs();
  const breaches = lint(subgraphs, compose(subgraphs).files?.supergraph).map(
    ({ place, coordinate, message }) => `${place} ${coordinate}: ${message}`,
  );
  expect(breaches).toEqual([]);
});

it("a finding has its file and line, and is reported once for all subgraphs", () => {
  const sdl = { events: '# A comment.\n"A type."\ntype T @authenticated {\n  f: Int\n}' };
  const found = lint([subgraphOf("events", sdl), subgraphOf("events", sdl)]);
  expect(found).toEqual([
    {
      rule: "description",
      coordinate: "T.f",
      message: "this field needs a description",
      place: "subgraphs/events/events/schema.graphql:4",
    },
  ]);
});

describe("live directives", () => {
  const stream = `extend type Subscription {
    "d" seen("d" after: Int): Entry! @authenticated
      @resumable(argument: "after", position: "seq", previous: "prevSeq") @shared
  }
  "d" type Entry @authenticated { "d" seq: Int! "d" prevSeq: Int! }`;
  const query =
    'extend type Query { "d" f: Int @policy(policies: [["public"]]) @cacheControl(maxAge: 0, scope: PRIVATE) }';
  const marked = subgraphOf("events", {
    events: `${stream} ${query}`,
  });

  it("that are not in the supergraph are found", () => {
    const supergraph = supergraphOf(marked);
    expect(lint([marked], supergraph)).toEqual([]);
    const without = (pattern: RegExp) =>
      lint([marked], supergraph.replace(pattern, "$1")).map((finding) => finding.coordinate);
    expect(without(/(seen\(.*) @shared/s)).toEqual(["Subscription.seen"]);
    expect(without(/(seen\(.*) @resumable\([^)]*\)/s)).toEqual(["Subscription.seen"]);
    expect(without(/(f: Int.*) @cacheControl\([^)]*\)/)).toEqual(["Query.f"]);
    expect(without(/(f: Int.*) @policy\([^)]*\)/)).toEqual(["Query.f"]);
    expect(without(/(type Entry[^{]*) @authenticated/)).toEqual(["Entry"]);
  });

  it("of input fields are found too", () => {
    const secret = "@constraint(maxLength: 9, isSecret: true, text: TOKEN)";
    const tokens = subgraphOf("users", {
      sessions: `extend type Query { "d" f("d" input: I!): Int @policy(policies: [["public"]]) }
        "d" input I { "d" token: String! ${secret} @sessionToken }`,
    });
    const supergraph = supergraphOf(tokens);
    expect(lint([tokens], supergraph)).toEqual([]);
    const without = supergraph.replace(/(token: String!) @sessionToken/, "$1");
    expect(lint([tokens], without)).toMatchObject([
      { rule: "live-directive", coordinate: "I.token" },
    ]);
  });

  it("one whose @composeDirective is forgotten is found", () => {
    const forgetful = {
      name: marked.name,
      sources: marked.sources.map(({ path, text }) => ({
        path,
        text: text.replace('@composeDirective(name: "@shared")', ""),
      })),
    };
    expect(lint([forgetful], supergraphOf(forgetful))).toMatchObject([
      { rule: "live-directive", coordinate: "Subscription.seen" },
    ]);
  });

  function supergraphOf(subgraph: SubgraphSdl): string {
    const { files, errors } = compose([subgraph]);
    if (!files) throw new Error(errors.join("\n"));
    return files.supergraph;
  }
});
