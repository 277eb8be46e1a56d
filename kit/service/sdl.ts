// Finds subgraphs by their folders and reads their SDL: the kit's own files, then one file of each
// feature in name order. It does not parse. Paths start at this file, so that it reads the sources
// from dist/ too.
import { existsSync, readdirSync, readFileSync } from "node:fs";

const root = new URL("../../", import.meta.url);

/** One SDL file; `path` is relative to the project. */
export interface SdlSource {
  readonly path: string;
  readonly text: string;
}

/** The names of all subgraphs in alphabetical order: the folders of subgraphs/. */
export function subgraphNames(): string[] {
  return foldersOf("subgraphs");
}

/**
 * The features of a subgraph in alphabetical order: its folders with a `schema.graphql`, such as
 * `profiles`, or `people/profiles` when it lies in an area.
 */
export function featureNames(subgraph: string): string[] {
  const tops = foldersOf(`subgraphs/${subgraph}`);
  const inAreas = tops.flatMap((top) =>
    foldersOf(`subgraphs/${subgraph}/${top}`).map((feature) => `${top}/${feature}`),
  );
  return [...tops, ...inAreas]
    .filter((feature) =>
      existsSync(new URL(`subgraphs/${subgraph}/${feature}/schema.graphql`, root)),
    )
    .sort();
}

/** The SDL that all subgraphs have. */
const KIT = ["kit/schema.graphql", "kit/files/schema.graphql"];

/** Every SDL file of a subgraph, the kit's first. Throws when no feature has one. */
export function loadSubgraphSources(name: string): SdlSource[] {
  const features = featureNames(name);
  if (features.length === 0) {
    throw new Error(
      `No SDL in subgraphs/${name}: give it a feature folder with a schema.graphql ` +
        "(in a compiled tree: run `npm run build`, which copies them).",
    );
  }
  const paths = features.map((feature) => `subgraphs/${name}/${feature}/schema.graphql`);
  return [...KIT, ...paths].map((path) => ({
    path,
    text: readFileSync(new URL(path, root), "utf8"),
  }));
}

/** The SDL of a subgraph as one document. */
export function loadSubgraphSdl(name: string): string {
  return loadSubgraphSources(name)
    .map((source) => source.text)
    .join("\n");
}

function foldersOf(path: string): string[] {
  const folder = new URL(`${path}/`, root);
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .map((entry) => entry.name)
    .sort();
}
