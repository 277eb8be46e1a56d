// Permissions: router and subgraphs make the same decisions, and docs/policy.md lists them.
import { readFileSync } from "node:fs";
import { Supergraph } from "@apollo/federation-internals";
import { parse } from "graphql";
import { describe, expect, it } from "vitest";
import { subgraphSchema } from "#kit/service/subgraph";
import { readRequirements } from "#kit/trust/authorization";
import { withoutPurposes } from "../../router/supergraph/links.ts";
import { fieldsOf, objectTypesOf } from "../../schema/rules/walk.ts";
import { SCOPES } from "../../schema/scopes.ts";
import { parseSources, readSubgraphs, type SubgraphSdl } from "../../schema/sdl.ts";
import { ROLES, scopesOf } from "../../subgraphs/users/accounts/roles/rules.ts";
import { askersOf, policyDocument, verdictOf } from "./policy-table.ts";
import { projectFile } from "./project.ts";

const sdl = readFileSync(projectFile("schema/supergraph.graphql"), "utf8");
/** The schema as the router reads it. */
const supergraph = Supergraph.build(withoutPurposes(parse(sdl))).schema.toGraphQLJSSchema();
const composed = readRequirements(supergraph);
const askers = askersOf(ROLES, scopesOf);

/** The fields that a subgraph resolves itself, without stubs and fields of federation. */
function ownFields({ sources }: SubgraphSdl): string[] {
  const document = parseSources(sources);
  const objects = new Set(objectTypesOf(document).map(({ name }) => name.value));
  return fieldsOf(document).flatMap(({ owner, coordinate }) =>
    objects.has(owner) ? [coordinate] : [],
  );
}

describe.each(readSubgraphs())("$name", (subgraph) => {
  const requirements = readRequirements(subgraphSchema(subgraph.name, []));
  const fields = ownFields(subgraph);

  it("decides on each of its fields as the router does, for every identity", () => {
    expect(fields.length).toBeGreaterThan(30);
    const differences = fields.flatMap((coordinate) => {
      const [here, there] = [requirements.get(coordinate), composed.get(coordinate)];
      if (!here || !there) return [`${coordinate} is not known to both`];
      return Object.entries(askers).flatMap(([name, asker]) => {
        const [ours, theirs] = [verdictOf(here, asker), verdictOf(there, asker)];
        return ours === theirs ? [] : [`${coordinate} for ${name}: ${ours}, router ${theirs}`];
      });
    });
    expect(differences).toEqual([]);
  });
});

it("every field of the graph is decided by a subgraph", () => {
  const decided = new Set(readSubgraphs().flatMap(ownFields));
  expect([...composed.keys()].filter((coordinate) => !decided.has(coordinate))).toEqual([]);
});

it("the scopes of the SDL are those that roles give", () => {
  expect([...SCOPES].sort()).toEqual([...scopesOf(ROLES)].sort());
});

it("docs/policy.md is the table of decisions; if not, run this with -u and read the diff", async () => {
  const document = policyDocument(supergraph, askers);
  await expect(document).toMatchFileSnapshot("../../docs/policy.md");
});
