// The guarantee about authorization as a whole, for any schema, data and document: the answer is as
// if every denied resolver threw, and no denied resolver runs.

import fc from "fast-check";
import {
  type DocumentNode,
  type ExecutionResult,
  executeSync,
  type GraphQLSchema,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { expect, test } from "vitest";
import { judge, readRequirements } from "#kit/trust/authorization";
import { ANONYMOUS, type Identity } from "#kit/trust/identity";
import {
  type Choose,
  type RandomObject,
  randomDocument,
  randomSchema,
  randomValue,
} from "../../tests/kit/random-graph.ts";
import { createAuthorizer } from "./authorization.ts";

const viewer = (...scopes: string[]): Identity => ({
  kind: "viewer",
  viewer: { id: "1", sessionId: "2", roles: [], scopes, expiresAt: 0 },
});
function restricted(...scopes: string[]): Identity {
  const identity = { id: "1", sessionId: "2", roles: [], scopes, expiresAt: 0 };
  return { kind: "viewer", viewer: { ...identity, isRestricted: true } };
}
const IDENTITIES = [
  ANONYMOUS,
  { kind: "audience" },
  viewer(),
  viewer("a"),
  viewer("c", "a"),
  restricted("a"),
] as const;

interface Case {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly identity: Identity;
  readonly variables: { readonly x?: boolean; readonly y: boolean };
  /** Some resolvers fail. */
  readonly isBroken: boolean;
}

/** Null if the random document is not valid. */
function caseOf(choose: Choose): Case | null {
  const schema = randomSchema(choose);
  const document = parse(randomDocument(choose, schema));
  if (validate(schema, document, VALID).length > 0) return null;
  const variables = { y: choose(1) === 1, ...(choose(1) === 1 && { x: choose(1) === 1 }) };
  const identity = IDENTITIES[choose(IDENTITIES.length - 1)] ?? ANONYMOUS;
  return { schema, document, variables, identity, isBroken: choose(2) === 0 };
}

/** A filtered document may have variables that are no longer used. */
const VALID = specifiedRules.filter(({ name }) => !/^NoUnused/.test(name));

interface Run {
  readonly answer: ExecutionResult;
  /** Coordinates of denied fields whose resolvers ran. */
  readonly denied: readonly string[];
}

/** Runs a document for the identity of the case. Guarded resolvers throw where it is denied. */
function run(each: Case, document: DocumentNode, isGuarded: boolean): Run {
  const { schema, identity, isBroken } = each;
  const requirements = readRequirements(schema);
  const denied: string[] = [];
  const answer = executeSync({
    schema,
    document,
    variableValues: each.variables,
    rootValue: { __typename: "Query", seed: "" },
    typeResolver: ({ __typename }: RandomObject) => __typename,
    fieldResolver({ seed }: RandomObject, _args, _context, { parentType, fieldName, returnType }) {
      const requirement = requirements.get(`${parentType.name}.${fieldName}`);
      if (!requirement) throw new Error(`${parentType.name}.${fieldName} has no requirement`);
      const isSignedIn = seed.includes("@") && identity.kind === "anonymous";
      const decision = judge(requirement, isSignedIn ? viewer() : identity);
      if (decision.kind === "refused") denied.push(`${parentType.name}.${fieldName}`);
      if (decision.kind === "refused" && isGuarded) throw decision.error;
      const { directives = [] } = parentType.getFields()[fieldName]?.astNode ?? {};
      const mark = directives.some(({ name }) => name.value === "signsIn") ? "@" : "";
      return randomValue(schema, returnType, `${seed}.${fieldName}${mark}`, isBroken);
    },
  });
  return { answer, denied };
}

/** As the router does: runs the filtered document and restores the answer. */
function runFiltered(each: Case): Run & { readonly kind: string } {
  const { schema, document, variables, identity } = each;
  const [operation] = document.definitions;
  if (operation?.kind !== "OperationDefinition") throw new Error("no operation");
  const authorize = createAuthorizer({ apiSchema: schema, fullSchema: schema });
  const authorization = authorize({ document, operation, variables, identity });
  const { kind } = authorization;
  if (authorization.kind === "refused") return { kind, answer: authorization.answer, denied: [] };
  if (authorization.kind === "granted") return { kind, ...run(each, document, false) };
  const { permitted, restore } = authorization;
  expect(validate(schema, permitted.document, VALID)).toEqual([]);
  const { answer, denied } = run(each, permitted.document, false);
  return { kind, answer: restore(answer), denied };
}

/** A text, because it has the order of keys, and `__proto__` as a key. */
const textOf = ({ data }: ExecutionResult) => JSON.stringify(data);
const pathsOf = ({ errors = [] }: ExecutionResult) =>
  new Set(errors.map(({ path }) => JSON.stringify(path)));

/** The paths of the nulls in the data to which the errors propagated. */
function nullsOf({ data, errors = [] }: ExecutionResult): ReadonlySet<string> {
  return new Set(
    errors.map(({ path = [] }) => {
      let at: unknown = data;
      const end = path.findIndex((key) => {
        if (at === null) return true;
        at = Reflect.get(at as object, key);
        return false;
      });
      expect(at).toBeNull();
      return JSON.stringify(end < 0 ? path : path.slice(0, end));
    }),
  );
}

function check(each: Case, runCase: (each: Case) => Run & { readonly kind: string }): string {
  const expected = run(each, each.document, true).answer;
  const { kind, answer, denied } = runCase(each);
  expect(denied).toEqual([]);
  expect(textOf(answer)).toBe(textOf(expected));
  expect(nullsOf(answer)).toEqual(nullsOf(expected));
  // If other resolvers fail too, the errors below one null may differ.
  if (!each.isBroken && kind !== "refused") expect(pathsOf(answer)).toEqual(pathsOf(expected));
  return kind;
}

/** Choices that follow from a seed. They are not shrunk: a smaller seed is no simpler. */
const choices = fc.noShrink(fc.integer({ min: 1 })).map((seed): Choose => {
  let state = seed;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % (most + 1);
  };
});
const RUNS = { seed: 20_251_121, numRuns: 200 };
const WITHIN_MS = 120_000;

test(
  "an answer is as if each denied resolver threw, and no denied resolver runs",
  () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(choices, (choose) => {
        const each = caseOf(choose);
        const kind = each ? check(each, runFiltered) : "invalid";
        seen.set(kind, (seen.get(kind) ?? 0) + 1);
      }),
      RUNS,
    );
    for (const kind of ["granted", "filtered", "refused"]) {
      expect(seen.get(kind), kind).toBeGreaterThan(RUNS.numRuns / 20);
    }
  },
  WITHIN_MS,
);

test("the property fails without the filter", () => {
  const unfiltered = (each: Case) => ({ kind: "granted", ...run(each, each.document, false) });
  const { failed } = fc.check(
    fc.property(choices, (choose) => {
      const each = caseOf(choose);
      if (each) check(each, unfiltered);
    }),
    RUNS,
  );
  expect(failed).toBe(true);
});
