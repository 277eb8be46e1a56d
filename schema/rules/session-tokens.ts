// Rules of `@sessionToken`. Its name is one that a cookie may have. In an answer it is on a text,
// with the time for which that may be used, which is no longer than browsers keep a cookie.
// In input it is on a secret text that may be empty, as it is where a browser has no cookie.
import { type ConstDirectiveNode, type DocumentNode, Kind, print } from "graphql";
import { argumentOf, directiveOf, type Finding, fieldsOf, finder, inputsOf } from "./walk.ts";

const report = finder("session-token");
/** 400 days. */
const LIFE_SECONDS_MAX = 34_560_000;

export function sessionTokens(document: DocumentNode): Finding[] {
  const answers = fieldsOf(document).flatMap(({ node, coordinate }) => {
    const mark = directiveOf(node, "sessionToken");
    if (!mark) return [];
    const mistake = mistakeInAnswer(print(node.type), mark);
    return mistake ? [report(node, coordinate, mistake)] : [];
  });
  const inputs = inputsOf(document).flatMap(({ node, coordinate }) => {
    const mark = directiveOf(node, "sessionToken");
    if (!mark) return [];
    const mistake = mistakeInInput(print(node.type), mark, directiveOf(node, "constraint"));
    return mistake ? [report(node, coordinate, mistake)] : [];
  });
  return [...answers, ...inputs];
}

function mistakeInAnswer(type: string, mark: ConstDirectiveNode): string | null {
  if (!/^String!?$/.test(type)) return "@sessionToken is for a text, because it becomes empty";
  const life = argumentOf(mark, "lifeSeconds")?.value;
  if (life?.kind !== Kind.INT || Number(life.value) <= 0) {
    return "@sessionToken needs lifeSeconds in an answer, the life of the cookie";
  }
  return Number(life.value) > LIFE_SECONDS_MAX
    ? `browsers keep no cookie for more than ${LIFE_SECONDS_MAX} seconds`
    : mistakeInName(mark);
}

function mistakeInInput(
  type: string,
  mark: ConstDirectiveNode,
  constraint: ConstDirectiveNode | undefined,
): string | null {
  if (!/^String!?$/.test(type)) return "@sessionToken is for a text";
  if (argumentOf(mark, "lifeSeconds")) return "@sessionToken has no lifeSeconds in input";
  const secret = constraint && argumentOf(constraint, "isSecret")?.value;
  if (secret?.kind !== Kind.BOOLEAN || !secret.value) return "@sessionToken needs isSecret: true";
  return constraint && argumentOf(constraint, "minLength")
    ? "@sessionToken is empty without a cookie: leave minLength out, and answer with a problem"
    : mistakeInName(mark);
}

function mistakeInName(mark: ConstDirectiveNode): string | null {
  const name = argumentOf(mark, "name")?.value;
  const isName = !name || (name.kind === Kind.STRING && /^[a-z]+$/.test(name.value));
  return isName ? null : "the name of @sessionToken has lower-case letters alone";
}
