// Which fields an identity may select, by its token and the directives of the schema. Identities
// with the same rights share one access. Subgraphs check relations, such as who organizes an event.
import type { GraphQLError, GraphQLSchema } from "graphql";
import { invariant } from "#kit/invariant";
import { judge, NEWCOMER, type Requirement, readRequirements } from "#kit/trust/authorization";
import type { Identity } from "#kit/trust/identity";
import { readPolicyDirectives } from "./directives.ts";

/** The rights that some identities share. */
export interface Access {
  /** The error for a field that must not be selected; null if it may. */
  refusalOf(type: string, field: string): GraphQLError | null;
  /** The access for everything below a field. It differs below a field with `@signsIn`. */
  below(type: string, field: string): Access;
}

export type AccessOf = (identity: Identity) => Access;

/**
 * The accesses of one schema with all directives. Identities share one if they have the same kind,
 * are both restricted or not, and have the same of the scopes that the schema requires. So there
 * are few.
 */
export function createAccesses(fullSchema: GraphQLSchema): AccessOf {
  const requirements = readRequirements(fullSchema);
  const { signsIn } = readPolicyDirectives(fullSchema);
  const required = new Set([...requirements.values()].flatMap(({ scopes }) => scopes.flat(2)));
  const accesses = new Map<string, Access>();

  const accessOf = (identity: Identity): Access => {
    const scopes =
      identity.kind === "viewer" ? identity.viewer.scopes.filter((each) => required.has(each)) : [];
    const isRestricted = identity.kind === "viewer" && identity.viewer.isRestricted;
    const kind = isRestricted ? "restricted" : identity.kind;
    const key = [kind, ...scopes.sort()].join(" ");
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
      invariant(requirement, "a selected field is not in the schema", { coordinate });
      const decision = judge(requirement, identity);
      const refusal = decision.kind === "refused" ? decision.error : null;
      refusals.set(coordinate, refusal);
      return refusal;
    },
    below: (type, field) => signedInAt(`${type}.${field}`) ?? access,
  };
  return access;
}
