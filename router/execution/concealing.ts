// Takes the tokens of sessions out of an answer, where the page that gets the answer must not see
// them: they go into its cookie, and the empty string takes their place.
import type { GraphQLSchema } from "graphql";
import { readPolicyDirectives } from "../policy/directives.ts";
import type { SessionCookie } from "./session-cookie.ts";

/** The value that a client gets in place of `value` of the field at `coordinate`, `Type.field`. */
export type Conceal = (coordinate: string, value: unknown) => unknown;

export function createConceal(fullSchema: GraphQLSchema, cookie: SessionCookie): Conceal {
  const { sessionTokens } = readPolicyDirectives(fullSchema);
  return (coordinate, value) => {
    const mark = sessionTokens.get(coordinate);
    if (!mark || typeof value !== "string") return value;
    cookie.keep(value, mark.lifeSeconds ?? 0);
    return "";
  };
}
