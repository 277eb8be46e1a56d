// Our own rules for SDL, besides those of GraphQL and federation. Each rule is a file of rules/. As
// a command it lists every breach in the project and exits with 1.
import { type DocumentNode, parse } from "graphql";
import { command } from "./command.ts";
import { compose } from "./compose.ts";
import { descriptions } from "./rules/descriptions.ts";
import { limits } from "./rules/limits.ts";
import { listSizes } from "./rules/list-sizes.ts";
import { lists } from "./rules/lists.ts";
import { lostDirectives, resumables, shared } from "./rules/live-directives.ts";
import { mergeable } from "./rules/mergeable.ts";
import { mutations } from "./rules/mutations.ts";
import { names } from "./rules/names.ts";
import { policies } from "./rules/policies.ts";
import { sessionTokens } from "./rules/session-tokens.ts";
import type { Finding, Rule } from "./rules/walk.ts";
import { parseSources, readSubgraphs, type SubgraphSdl } from "./sdl.ts";

const RULES: readonly Rule[] = [
  descriptions,
  names,
  mutations,
  lists,
  listSizes,
  limits,
  mergeable,
  resumables,
  shared,
  policies,
  sessionTokens,
];

/**
 * All breaches of our rules in these subgraphs, each once. With the text of the supergraph, also
 * directives that the router reads and the supergraph misses. Throws a GraphQLError when a file is
 * not GraphQL.
 */
export function lint(subgraphs: readonly SubgraphSdl[], supergraphSdl?: string): Finding[] {
  const supergraph = supergraphSdl === undefined ? undefined : parse(supergraphSdl);
  const findings = subgraphs.flatMap(({ sources }) =>
    lintDocument(parseSources(sources), supergraph),
  );
  // The kit's SDL is part of every subgraph: a finding there is reported once.
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function lintDocument(document: DocumentNode, supergraph: DocumentNode | undefined): Finding[] {
  const findings = RULES.flatMap((rule) => rule(document));
  return supergraph ? [...findings, ...lostDirectives(document, supergraph)] : findings;
}

function run(): void {
  const subgraphs = readSubgraphs();
  const { files, errors } = compose(subgraphs);
  for (const error of errors) console.error(`${error}\n`);
  const findings = lint(subgraphs, files?.supergraph);
  for (const { place, coordinate, rule, message } of findings) {
    console.error(`${place}  ${coordinate}: ${message} (${rule})`);
  }
  if (findings.length + errors.length > 0) {
    console.error(
      `\nThe schema breaks our rules in ${findings.length} places` +
        `${errors.length > 0 ? `, and does not compose: ${errors.length} errors` : ""}.`,
    );
    process.exitCode = 1;
  } else console.log("The schema keeps our rules.");
}

await command(import.meta.url, run);
