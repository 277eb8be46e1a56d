// The requirements of a schema on its readers: `@authenticated`, `@requiresScopes`, `@policy`,
// `@cacheControl(scope: PRIVATE)` and `@whileRestricted`, and the decision about an identity.
// Router and subgraphs both use this file, so that they decide alike. It executes nothing.
import {
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getDirectiveValues,
  isObjectType,
} from "graphql";
import { fail, signInFirst } from "#kit/errors";
import type { Identity } from "#kit/trust/identity";

/** Groups of names. All names of at least one group are needed. */
export type AnyOf = readonly (readonly string[])[];

/** The policy of fields that everyone may read, signed in or not. */
export const PUBLIC_POLICY = "public";

/** The requirements of a field and its type together; every part must hold. */
export interface Requirement {
  readonly isAuthenticated: boolean;
  readonly scopes: readonly AnyOf[];
  /** How viewer and object must be related. Only the subgraph of the object can decide this. */
  readonly policies: readonly AnyOf[];
  /** True for fields of one person, which are never read for an audience. */
  readonly isPrivate: boolean;
  /** True for fields that a restricted person may read, if all else holds. */
  readonly isOpenToRestricted: boolean;
}

/** `related`: granted if the policies of the requirement hold, which the subgraph decides. */
export type Decision =
  | { readonly kind: "granted" }
  | { readonly kind: "related" }
  | { readonly kind: "refused"; readonly error: GraphQLError };

/** The identity of a person below `@signsIn`: signed in, but still without token and scopes. */
export const NEWCOMER = {
  kind: "viewer",
  viewer: { id: "", sessionId: "", roles: [], scopes: [], expiresAt: 0 },
} as const satisfies Identity;

/** A restricted person without scopes. */
export const RESTRICTED: Identity = {
  kind: "viewer",
  viewer: { ...NEWCOMER.viewer, isRestricted: true },
};

const GRANTED = { kind: "granted" } as const;
const RELATED = { kind: "related" } as const;

/**
 * The requirement of each field of each object type, by coordinate. Fields of interfaces have none
 * of their own: the requirement of the object applies.
 */
export function readRequirements(schema: GraphQLSchema): ReadonlyMap<string, Requirement> {
  const types = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith("__"),
  );
  return new Map(
    types.flatMap((type) => {
      const onType = requirementOfType(schema, type);
      return Object.values(type.getFields()).map(
        ({ name, astNode }) =>
          [`${type.name}.${name}`, both([onType, requirementOf(schema, astNode)])] as const,
      );
    }),
  );
}

/** The requirement of a type, which holds for each of its fields. */
export function requirementOfType(schema: GraphQLSchema, type: GraphQLObjectType): Requirement {
  const nodes = [type.astNode, ...type.extensionASTNodes] as readonly Marked[];
  return both(nodes.map((node) => requirementOf(schema, node)));
}

type Marked = Parameters<typeof getDirectiveValues>[1] | null | undefined;

function requirementOf(schema: GraphQLSchema, node: Marked): Requirement {
  const valuesOf = <Values>(name: string): Values | undefined => {
    const directive = schema.getDirective(name);
    return node && directive ? (getDirectiveValues(directive, node) as Values) : undefined;
  };
  const scopes = valuesOf<{ readonly scopes: AnyOf }>("requiresScopes");
  const policy = valuesOf<{ readonly policies: AnyOf }>("policy");
  const cached = valuesOf<{ readonly scope?: string }>("cacheControl");
  return {
    isAuthenticated: valuesOf("authenticated") !== undefined,
    scopes: scopes ? [scopes.scopes] : [],
    policies: policy && !isPublic(policy.policies) ? [policy.policies] : [],
    isPrivate: cached?.scope === "PRIVATE",
    isOpenToRestricted: valuesOf("whileRestricted") !== undefined,
  };
}

function isPublic(policies: AnyOf): boolean {
  return policies.some((names) => names.every((name) => name === PUBLIC_POLICY));
}

function both(requirements: readonly Requirement[]): Requirement {
  return {
    isAuthenticated: requirements.some(({ isAuthenticated }) => isAuthenticated),
    scopes: requirements.flatMap(({ scopes }) => scopes),
    policies: requirements.flatMap(({ policies }) => policies),
    isPrivate: requirements.some(({ isPrivate }) => isPrivate),
    isOpenToRestricted: requirements.some(({ isOpenToRestricted }) => isOpenToRestricted),
  };
}

/** Decides whether this identity may read a field with this requirement. */
export function judge(requirement: Requirement, identity: Identity): Decision {
  const { isAuthenticated, scopes, policies, isPrivate, isOpenToRestricted } = requirement;
  const needsPerson = scopes.length > 0 || policies.length > 0;
  switch (identity.kind) {
    case "anonymous":
      return isAuthenticated || needsPerson ? refused(signInFirst()) : GRANTED;
    case "audience":
      return isPrivate || needsPerson ? refused(ofOnePerson()) : GRANTED;
    case "viewer": {
      const isClosed = identity.viewer.isRestricted && !isOpenToRestricted;
      if (isClosed && (isAuthenticated || needsPerson)) return refused(restricted());
      const missing = scopes.find((anyOf) => !isMet(anyOf, identity.viewer.scopes));
      if (missing) return refused(scopeMissing(missing));
      return policies.length > 0 ? RELATED : GRANTED;
    }
  }
}

/** True when `had` contains all names of one group. */
function isMet(anyOf: AnyOf, had: readonly string[]): boolean {
  return anyOf.some((names) => names.every((name) => had.includes(name)));
}

function refused(error: GraphQLError): Decision {
  return { kind: "refused", error };
}

function scopeMissing(anyOf: AnyOf): GraphQLError {
  const scopes = anyOf.map((names) => names.join(" and ")).join(", or ");
  return fail("FORBIDDEN", `This needs the scope ${scopes}.`, { scopes: anyOf });
}

/** The refusal of what is not open to restricted people. */
export function restricted(): GraphQLError {
  return fail("FORBIDDEN", "This is not open to a restricted account.");
}

/** Only a router that shares a private field gets this error. */
function ofOnePerson(): GraphQLError {
  return fail("FORBIDDEN", "This belongs to one person, so a shared subscription cannot read it.");
}
