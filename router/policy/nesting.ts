// Refuses a request that is nested too deeply, before it is parsed: the parser and later steps are
// recursive.
import type { GraphQLError } from "graphql";
import { nestingOfText, nestingOfValue } from "#kit/input/nesting";
import { type Limits, tooComplex } from "../limits/limits.ts";

interface OtherParts {
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/** The error for a request that must not even be parsed; null if it may. */
export function refusalOfNesting(
  document: string,
  { variables, extensions }: OtherParts,
  { nesting: most }: Pick<Limits, "nesting">,
): GraphQLError | null {
  const received = Math.max(
    nestingOfText(document),
    nestingOfValue(variables),
    nestingOfValue(extensions),
  );
  return received > most ? tooComplex("nesting", received, most) : null;
}
