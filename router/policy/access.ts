// What an identity may ask the graph for, as far as its token and the schema tell: each object
// type's fields, judged once for all who have the same access. How people and things are related is
// for the subgraphs to judge.
import type { GraphQLError, GraphQLSchema } from "graphql";
import { invariant } from "#kit/invariant";
import { judge, NEWCOMER, type Requirement, readRequirements } from "#kit/trust/authorization";
import type { Identity } from "#kit/trust/identity";
import { readPolicyDirectives } from "./directives.ts";

/** What those who may read the same may read. */
export interface Access {
  /** Why a field of an object must not be asked for, or null when it may. */
  refusalOf(type: string, field: string): GraphQLError | null;
  /** With which access all that lies below a field is asked for. */
  below(type: string, field: string): Access;
}

export type AccessOf = (identity: Identity) => Access;

/**
 * The accesses of one generation of the graph, from the schema with all directives. Two identities
 * have the same one when they are of a kind and have the same of those scopes that the schema asks
 * for, so there are few.
 */
export function createAccesses(fullSchema: GraphQLSchema): AccessOf {
  const requirements = readRequirements(fullSchema);
  const { signsIn } = readPolicyDirectives(fullSchema);
  const asked = new Set([...requirements.values()].flatMap(({ scopes }) => scopes.flat(2)));
  const accesses = new Map<string, Access>();

  const accessOf = (identity: Identity): Access => {
    const scopes =
      identity.kind === "viewer" ? identity.viewer.scopes.filter((each) => asked.has(each)) : [];
    const key = [identity.kind, ...scopes.sort()].join(" ");
    const known = accesses.get(key);
    if (known) return known;
    const access = createAccess(requirements, identity, (coordinate) =>
      identity.kind === "anonymous" && signsIn.has(coordinate) ? accessOf(NEWCOMER) : null,
    );
    accesses.set(key, access);
    return access;
  };
  return accessOf;
}

function createAccess(
  requirements: ReadonlyMap<string, Requirement>,
  identity: Identity,
  signedInAt: (coordinate: string) => Access | null,
): Access {
  const refusals = new Map<string, GraphQLError | null>();
  const access: Access = {
    refusalOf(type, field) {
      const coordinate = `${type}.${field}`;
      const known = refusals.get(coordinate);
      if (known !== undefined) return known;
      const requirement = requirements.get(coordinate);
      invariant(requirement, "a field is asked for that the schema does not have", { coordinate });
      const decision = judge(requirement, identity);
      const refusal = decision.kind === "refused" ? decision.error : null;
      refusals.set(coordinate, refusal);
      return refusal;
    },
    below: (type, field) => signedInAt(`${type}.${field}`) ?? access,
  };
  return access;
}
