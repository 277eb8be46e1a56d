// Takes the tokens that a client keeps out of an answer, where the page that gets the answer must
// not see them: they go into its cookies, and the empty string takes their place.
import type { GraphQLSchema } from "graphql";
import { readPolicyDirectives } from "../policy/directives.ts";
import type { TokenCookies } from "./token-cookies.ts";

/** The value that a client gets in place of `value` of the field at `coordinate`, `Type.field`. */
export type Conceal = (coordinate: string, value: unknown) => unknown;

export function createConceal(fullSchema: GraphQLSchema, cookies: TokenCookies): Conceal {
  const { sessionTokens } = readPolicyDirectives(fullSchema);
  return (coordinate, value) => {
    const mark = sessionTokens.get(coordinate);
    if (!mark || typeof value !== "string") return value;
    cookies.keep(mark.name, value, mark.lifeSeconds ?? 0);
    return "";
  };
}
