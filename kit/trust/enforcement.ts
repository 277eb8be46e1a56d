// Enforces the SDL's requirements in a subgraph, before arguments are checked and resolvers run.
// `authorization.ts` decides by identity; the subgraph's own functions decide policies. Whether an
// object exists for the viewer is not checked here.
import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getDirectiveValues,
  isObjectType,
} from "graphql";
import type { RequestContext } from "#kit/service/request";
import {
  type AnyOf,
  judge,
  NEWCOMER,
  RESTRICTED,
  type Requirement,
  readRequirements,
  requirementOfType,
} from "#kit/trust/authorization";
import { ANONYMOUS, type Identity } from "#kit/trust/identity";

/**
 * Decides each policy of the SDL, by name: whether the viewer has the relation to an object. The
 * object is the result of the parent field's resolver.
 */
export type Policies<Context> = Readonly<
  Record<string, (object: never, context: Context) => boolean | Promise<boolean>>
>;

type Path = GraphQLResolveInfo["path"];
type Resolve = GraphQLFieldResolver<unknown, unknown>;

/** Shared by all guards of one schema. */
interface Shared {
  readonly schema: GraphQLSchema;
  readonly policies: Policies<never>;
  /** Paths of the answer below which a person has just been signed in. */
  readonly signedIn: WeakSet<Path>;
}

/**
 * Wraps every resolver and subscriber of `schema` whose field has a requirement. Throws when the
 * SDL names a policy without a function.
 */
export function enforceAuthorization<Context extends RequestContext>(
  schema: GraphQLSchema,
  policies: Policies<Context>,
): GraphQLSchema {
  const requirements = readRequirements(schema);
  for (const [coordinate, requirement] of requirements) {
    requireDeciders(coordinate, requirement, policies);
  }
  const shared: Shared = { schema, policies, signedIn: new WeakSet() };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    guardReferences(type, requirementOfType(schema, type));
    for (const field of Object.values(type.getFields())) {
      markSignIn(field, shared);
      const requirement = requirements.get(`${type.name}.${field.name}`);
      if (requirement) guardField(field, requirement, shared);
    }
  }
  return schema;
}

function requireDeciders(
  coordinate: string,
  { policies: demanded }: Requirement,
  policies: Policies<never>,
): void {
  const missing = demanded.flat(2).find((name) => !Object.hasOwn(policies, name));
  if (missing === undefined) return;
  throw new Error(
    `${coordinate} demands the policy "${missing}", which nobody decides: give startSubgraph ` +
      `policies.${missing}, a function of the object and the context.`,
  );
}

type Kind = Identity["kind"] | "restricted";

/** The kinds of identity that pass without a look at scopes or objects. */
function kindsThatPass(requirement: Requirement): Readonly<Record<Kind, boolean>> {
  const isGranted = (identity: Identity) => judge(requirement, identity).kind === "granted";
  return {
    anonymous: isGranted(ANONYMOUS),
    audience: isGranted({ kind: "audience" }),
    viewer: isGranted(NEWCOMER),
    restricted: isGranted(RESTRICTED),
  };
}

function kindOf(identity: Identity): Kind {
  return identity.kind === "viewer" && identity.viewer.isRestricted ? "restricted" : identity.kind;
}

function guardField(
  field: GraphQLField<unknown, unknown>,
  requirement: Requirement,
  { policies, signedIn }: Shared,
): void {
  const mayPass = kindsThatPass(requirement);
  if (Object.values(mayPass).every(Boolean)) return;

  const guard = (resolve: Resolve): Resolve => {
    return (object, args, context, info) => {
      const request = context as RequestContext;
      if (mayPass[kindOf(request.identity)]) return resolve(object, args, context, info);
      const decision = judge(requirement, identityAt(info.path, request, signedIn));
      if (decision.kind === "refused") throw decision.error;
      if (decision.kind === "granted") return resolve(object, args, context, info);
      const isRelated = (name: string) =>
        policies[name]?.(object as never, context as never) ?? false;
      return areMet(requirement.policies, isRelated).then((isMet) =>
        isMet ? resolve(object, args, context, info) : null,
      );
    };
  };
  field.resolve = guard(field.resolve ?? defaultFieldResolver);
  if (field.subscribe) field.subscribe = guard(field.subscribe);
}

/** The identity at a path of the answer: below a sign-in, the person who was signed in. */
function identityAt(path: Path, { identity }: RequestContext, signedIn: WeakSet<Path>): Identity {
  if (identity.kind !== "anonymous") return identity;
  for (let at: Path | undefined = path.prev; at; at = at.prev) {
    if (signedIn.has(at)) return NEWCOMER;
  }
  return identity;
}

async function areMet(
  policies: readonly AnyOf[],
  isRelated: (name: string) => boolean | Promise<boolean>,
): Promise<boolean> {
  for (const anyOf of policies) {
    if (!(await isAnyMet(anyOf, isRelated))) return false;
  }
  return true;
}

async function isAnyMet(
  anyOf: AnyOf,
  isRelated: (name: string) => boolean | Promise<boolean>,
): Promise<boolean> {
  for (const names of anyOf) {
    const answers = await Promise.all(names.map(isRelated));
    if (answers.every(Boolean)) return true;
  }
  return false;
}

/** A field with `@signsIn` records its path in the answer. */
function markSignIn(field: GraphQLField<unknown, unknown>, { schema, signedIn }: Shared): void {
  const mark = schema.getDirective("signsIn");
  if (!mark || !field.astNode || !getDirectiveValues(mark, field.astNode)) return;
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (object, args, context, info) => {
    signedIn.add(info.path);
    return resolve(object, args, context, info);
  };
}

/** Apollo keeps the reference resolver of a type here. */
interface Referable {
  readonly apollo?: { readonly subgraph?: { resolveReference?: ResolveReference } };
}
type ResolveReference = (reference: object, context: unknown, info: GraphQLResolveInfo) => unknown;

/**
 * Resolves no reference for an identity that may read no field of it. It rejects, which fails this
 * reference only; a throw would fail all references of the request.
 */
function guardReferences(type: GraphQLObjectType, requirement: Requirement): void {
  const { apollo } = type.extensions as Referable;
  const resolve = apollo?.subgraph?.resolveReference;
  if (!apollo?.subgraph || !resolve) return;
  const mayPass = kindsThatPass(requirement);
  apollo.subgraph.resolveReference = (reference, context, info) => {
    const { identity } = context as RequestContext;
    if (mayPass[kindOf(identity)]) return resolve(reference, context, info);
    const decision = judge(requirement, identity);
    return decision.kind === "refused"
      ? Promise.reject(decision.error)
      : resolve(reference, context, info);
  };
}
