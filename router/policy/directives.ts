// Reads the directives of the composed schema that the policy uses: `@cost`, `@listSize`,
// `@credential`, `@signsIn` and `@sessionToken`. Clients do not see them.
import {
  type ASTNode,
  type ConstDirectiveNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getDirectiveValues,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from "graphql";

/** The arguments of `@listSize`. */
export interface ListSize {
  readonly assumedSize?: number | null;
  readonly slicingArguments?: readonly string[] | null;
  readonly sizedFields?: readonly string[] | null;
}

/** By coordinate: `Type`, `Type.field`, `Type.field(argument:)`, `Input.field`. */
export interface PolicyDirectives {
  readonly weights: ReadonlyMap<string, number>;
  readonly listSizes: ReadonlyMap<string, ListSize>;
  readonly credentials: ReadonlySet<string>;
  /** Those with `isFreeIfAccepted`: an attempt is charged only if the credential is refused. */
  readonly freeIfAccepted: ReadonlySet<string>;
  readonly signsIn: ReadonlySet<string>;
  /** Fields of answers and of input with a token that clients keep. */
  readonly sessionTokens: ReadonlyMap<string, SessionToken>;
}

/** The arguments of `@sessionToken`. */
export interface SessionToken {
  readonly name: string;
  /** Undefined for input. */
  readonly lifeSeconds?: number | null;
}

interface Element {
  readonly coordinate: string;
  readonly node: Parameters<typeof getDirectiveValues>[1] | null | undefined;
}

const known = new WeakMap<GraphQLSchema, PolicyDirectives>();

/** Reads a schema with all directives, once. The schema for clients does not have them. */
export function readPolicyDirectives(schema: GraphQLSchema): PolicyDirectives {
  const directives = known.get(schema) ?? readOnce(schema);
  known.set(schema, directives);
  return directives;
}

function readOnce(schema: GraphQLSchema): PolicyDirectives {
  const elements = Object.values(schema.getTypeMap()).flatMap(elementsOf);
  const valuesOf = <Value>(name: string): Map<string, Value> => {
    const directive = schema.getDirective(name);
    return new Map(
      elements.flatMap(({ coordinate, node }) => {
        const values = directive && node && getDirectiveValues(directive, node);
        return values ? [[coordinate, values as Value] as const] : [];
      }),
    );
  };
  const weights = [...valuesOf<{ readonly weight: number }>("cost")];
  const credentials = [...valuesOf<{ readonly isFreeIfAccepted: boolean }>("credential")];
  return {
    weights: new Map(weights.map(([coordinate, { weight }]) => [coordinate, weight])),
    listSizes: valuesOf<ListSize>("listSize"),
    credentials: new Set(credentials.map(([coordinate]) => coordinate)),
    freeIfAccepted: new Set(
      credentials.flatMap(([coordinate, { isFreeIfAccepted }]) =>
        isFreeIfAccepted ? [coordinate] : [],
      ),
    ),
    signsIn: new Set(valuesOf("signsIn").keys()),
    sessionTokens: valuesOf<SessionToken>("sessionToken"),
  };
}

function elementsOf(type: GraphQLNamedType): Element[] {
  const own = { coordinate: type.name, node: withDirectives(type.astNode) };
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return [
      own,
      ...fields.map(({ name, astNode: node }) => ({ coordinate: `${type.name}.${name}`, node })),
    ];
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return [own];
  const fields = Object.values(type.getFields()).flatMap(({ name, args, astNode: node }) => {
    const coordinate = `${type.name}.${name}`;
    const onArguments = args.map((arg) => ({
      coordinate: `${coordinate}(${arg.name}:)`,
      node: arg.astNode,
    }));
    return [{ coordinate, node }, ...onArguments];
  });
  return [own, ...fields];
}

function withDirectives(node: ASTNode | null | undefined) {
  return node as { readonly directives?: readonly ConstDirectiveNode[] } | null | undefined;
}
