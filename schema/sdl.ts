// The SDL of every subgraph, parsed so that each node knows its file and line. Composition, code
// generation and lint start here.
import { concatAST, type DocumentNode, parse, Source } from "graphql";
import { loadSubgraphSources, type SdlSource, subgraphNames } from "#kit/service/sdl";

/** A subgraph with its SDL files. */
export interface SubgraphSdl {
  readonly name: string;
  readonly sources: readonly SdlSource[];
}

/** All subgraphs of this project in alphabetical order. */
export function readSubgraphs(): SubgraphSdl[] {
  return subgraphNames().map((name) => ({ name, sources: loadSubgraphSources(name) }));
}

/**
 * One document of all files; errors and nodes name the file they come from. Throws a GraphQLError
 * on bad syntax.
 */
export function parseSources(sources: readonly SdlSource[]): DocumentNode {
  return concatAST(sources.map(({ path, text }) => parse(new Source(text, path))));
}
