// Guarantees about who may read protected fields.
import { buildSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { judge, readRequirements } from "#kit/trust/authorization";
import { ANONYMOUS, type Identity } from "#kit/trust/identity";

const schema = buildSchema(`
  directive @authenticated on FIELD_DEFINITION | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT
  directive @cacheControl(maxAge: Int, scope: Scope) on FIELD_DEFINITION | OBJECT
  directive @whileRestricted on FIELD_DEFINITION | OBJECT
  enum Scope { PUBLIC PRIVATE }
  type Query {
    free: Int @policy(policies: [["public"]])
    signedIn: Int @authenticated
    either: Int @requiresScopes(scopes: [["a", "b"], ["c"]])
    own: Int @policy(policies: [["self"], ["admin"]])
    mine: Int @authenticated @cacheControl(scope: PRIVATE)
    mineIfAny: Int @policy(policies: [["public"]]) @cacheControl(scope: PRIVATE)
    person: Person @policy(policies: [["public"]])
  }
  type Person @authenticated {
    name: String
    secret: String @requiresScopes(scopes: [["c"]]) @policy(policies: [["self"]])
    id: String @whileRestricted
    leavesAt: String @policy(policies: [["self"]]) @whileRestricted
    rule: String @requiresScopes(scopes: [["c"]]) @whileRestricted
  }
  type Left @authenticated @whileRestricted { id: Int }
`);
const requirements = readRequirements(schema);

const viewer = (...scopes: string[]): Identity => ({
  kind: "viewer",
  viewer: { id: "1", sessionId: "2", roles: [], scopes, expiresAt: 0 },
});

function decisionOf(coordinate: string, identity: Identity): string {
  const requirement = requirements.get(coordinate);
  if (!requirement) throw new Error(`${coordinate} has no requirement`);
  const decision = judge(requirement, identity);
  return decision.kind === "refused" ? String(decision.error.extensions.code) : decision.kind;
}

describe("a field may be read by the identities that its directives allow", () => {
  const audience: Identity = { kind: "audience" };
  test.each([
    ["free", "granted", "granted", "granted", "granted"],
    ["signedIn", "UNAUTHENTICATED", "granted", "granted", "granted"],
    ["either", "UNAUTHENTICATED", "FORBIDDEN", "FORBIDDEN", "granted"],
    ["own", "UNAUTHENTICATED", "FORBIDDEN", "related", "related"],
    ["mine", "UNAUTHENTICATED", "FORBIDDEN", "granted", "granted"],
    ["mineIfAny", "granted", "FORBIDDEN", "granted", "granted"],
  ])("%s: nobody %s, audience %s, somebody %s, with scope %s", (field, ...expected) => {
    const identities = [ANONYMOUS, audience, viewer(), viewer("c")];
    expect(identities.map((each) => decisionOf(`Query.${field}`, each))).toEqual(expected);
  });

  test("all scopes of one group are needed, and one group is enough", () => {
    expect(decisionOf("Query.either", viewer("a"))).toBe("FORBIDDEN");
    expect(decisionOf("Query.either", viewer("a", "b"))).toBe("granted");
  });

  test("the requirements of a type hold for each of its fields, beside the field's own", () => {
    expect(decisionOf("Person.name", ANONYMOUS)).toBe("UNAUTHENTICATED");
    expect(decisionOf("Person.name", audience)).toBe("granted");
    expect(decisionOf("Person.secret", viewer())).toBe("FORBIDDEN");
    expect(decisionOf("Person.secret", viewer("c"))).toBe("related");
  });
});

describe("a restricted person, even with a scope", () => {
  const restricted = {
    kind: "viewer",
    viewer: { id: "1", sessionId: "2", roles: [], scopes: ["c"], expiresAt: 0, isRestricted: true },
  } satisfies Identity;
  test.each([
    ["has what is public", "Query.free", "granted"],
    ["has what is public and theirs alone", "Query.mineIfAny", "granted"],
    ["has not what every signed-in person has", "Query.signedIn", "FORBIDDEN"],
    ["has not what needs their scope", "Query.either", "FORBIDDEN"],
    ["has not what depends on who they are", "Query.own", "FORBIDDEN"],
    ["has not the fields of a type for signed-in people", "Person.name", "FORBIDDEN"],
    ["has its fields that are marked", "Person.id", "granted"],
    ["has the marked fields of their own", "Person.leavesAt", "related"],
    ["has the fields of a marked type", "Left.id", "granted"],
  ])("%s", (_what, coordinate, decision) => {
    expect(decisionOf(coordinate, restricted)).toBe(decision);
  });

  test("needs everything else that a marked field demands", () => {
    const without = { ...restricted, viewer: { ...restricted.viewer, scopes: [] } };
    expect(decisionOf("Person.rule", without)).toBe("FORBIDDEN");
    expect(decisionOf("Person.rule", ANONYMOUS)).toBe("UNAUTHENTICATED");
  });
});

test("a refusal for missing scopes names the scopes that would suffice", () => {
  const requirement = requirements.get("Query.either");
  const decision = requirement && judge(requirement, viewer());
  expect(decision?.kind === "refused" && decision.error.toJSON()).toEqual({
    message: "This needs the scope a and b, or c.",
    extensions: { code: "FORBIDDEN", scopes: [["a", "b"], ["c"]] },
  });
});
