// The measured works, and the supergraph of all their subgraphs.
import { composeServices } from "@apollo/composition";
import { parse } from "graphql";
import { JOIN } from "./join.ts";
import { NESTED } from "./nested.ts";
import type { Work } from "./work.ts";

export const WORKS: readonly Work[] = [NESTED, JOIN];

const AUTHORIZATION = /@authenticated|@policy\(policies: .*?\]\]\)|"@authenticated"|"@policy"/g;

/**
 * Composes the subgraphs at `url`. Without authorization the SDL has no policies, because Apollo's
 * gateway refuses to load them.
 */
export function supergraphOf(url: string, hasAuthorization: boolean): string {
  const { supergraphSdl, errors } = composeServices(
    WORKS.flatMap(({ subgraphs }) => subgraphs).map(({ name, sdl }) => ({
      name,
      url: `${url}/${name}/graphql`,
      typeDefs: parse(hasAuthorization ? sdl : sdl.replace(AUTHORIZATION, "")),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(String).join("\n"));
  return supergraphSdl;
}
