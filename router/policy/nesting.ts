// Refuses what is nested too deeply before anything walks it: the parser, and much behind it, calls
// itself for each level.
import type { GraphQLError } from "graphql";
import { nestingOfText, nestingOfValue } from "#kit/input/nesting";
import { type Limits, tooComplex } from "../limits/limits.ts";

/** The part of a request that a client nests as it likes, beside the document. */
interface Given {
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/** The reason not even to parse a document, or null. */
export function refusalOfNesting(
  document: string,
  { variables, extensions }: Given,
  { nesting: most }: Pick<Limits, "nesting">,
): GraphQLError | null {
  const received = Math.max(
    nestingOfText(document),
    nestingOfValue(variables),
    nestingOfValue(extensions),
  );
  return received > most ? tooComplex("nesting", received, most) : null;
}
