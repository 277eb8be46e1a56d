// Small subgraphs for tests of the schema tools: the kit's real SDL and one feature of invented
// SDL.
import { readFileSync } from "node:fs";
import type { SubgraphSdl } from "../../schema/sdl.ts";
import { projectFile } from "./project.ts";

const kit = readFileSync(projectFile("kit/schema.graphql"), "utf8");

/** A subgraph with these features, given as SDL by feature name. */
export function subgraphOf(name: string, features: Readonly<Record<string, string>>): SubgraphSdl {
  const sources = Object.entries(features).map(([feature, text]) => ({
    path: `subgraphs/${name}/${feature}/schema.graphql`,
    text,
  }));
  return { name, sources: [{ path: "kit/schema.graphql", text: kit }, ...sources] };
}
