// Rewritings of operations that must not change the answer. Each also converts the answer back.
// Caching clients, code generators and people write all these forms.
import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  visit,
} from "graphql";

export interface Rewritten {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** A key that is not compared. */
  readonly ignored?: string | undefined;
  /** The key of the plain operation's answer for a key of this answer. */
  keyOf(key: string): string;
}

export type Rewriting = (document: DocumentNode) => Rewritten;

const VARIABLE = "rewritten";
const PREFIX = "other_";
const TYPE = "typeOfIt";
const AS_IT_IS = (key: string) => key;
const INCLUDED: DirectiveNode = includedIf(VARIABLE);

/** Rewritings by name. All but the first are sent over HTTP. */
export const REWRITINGS: Readonly<Record<string, Rewriting>> = {
  "over a socket": (document) => ({ query: print(document), variables: {}, keyOf: AS_IT_IS }),
  "with an alias on every field": (document) => ({
    query: print(visit(document, { Field: aliased })),
    variables: {},
    keyOf: (key) => (key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key),
  }),
  "with @include on every field": (document) =>
    withVariable(visit(document, { Field: conditional }), true),
  "with an aliased __typename in every selection": (document) => ({
    query: print(visit(document, { SelectionSet: { leave: typed(TYPE) } })),
    variables: {},
    ignored: TYPE,
    keyOf: AS_IT_IS,
  }),
  "with __typename in every selection": (document) => ({
    query: print(visit(document, { SelectionSet: { leave: typed("__typename") } })),
    variables: {},
    ignored: "__typename",
    keyOf: AS_IT_IS,
  }),
  "with every selection doubled, both halves included": (document) =>
    withVariable(visit(document, { SelectionSet: { leave: doubled } }), true),
  "with every selection doubled, one half left out": (document) =>
    withVariable(visit(document, { SelectionSet: { leave: doubled } }), false),
};

function aliased(node: FieldNode): FieldNode {
  const value = `${PREFIX}${(node.alias ?? node.name).value}`;
  return { ...node, alias: { kind: Kind.NAME, value } };
}

/** A field may have one condition of a kind. */
function conditional(node: FieldNode): FieldNode | undefined {
  const { directives = [] } = node;
  if (directives.some(({ name }) => name.value === "include")) return undefined;
  return { ...node, directives: [...directives, INCLUDED] };
}

function typed(key: string) {
  const name = { kind: Kind.NAME, value: "__typename" } as const;
  const alias = key === name.value ? undefined : ({ kind: Kind.NAME, value: key } as const);
  const field: FieldNode = { kind: Kind.FIELD, name, ...(alias && { alias }) };
  return ({ selections, ...node }: SelectionSetNode): SelectionSetNode => ({
    ...node,
    selections: [field, ...selections],
  });
}

/** The half with a condition comes first, and the unconditional one after it. */
function doubled(node: SelectionSetNode): SelectionSetNode {
  const half = { kind: Kind.INLINE_FRAGMENT, directives: [INCLUDED], selectionSet: node } as const;
  return { ...node, selections: [half, ...node.selections] };
}

function withVariable(document: DocumentNode, value: boolean): Rewritten {
  const [declared] = parse(`query ($${VARIABLE}: Boolean!) { a }`, {
    noLocation: true,
  }).definitions;
  const own = declared?.kind === Kind.OPERATION_DEFINITION ? declared.variableDefinitions : [];
  const query = visit(document, {
    OperationDefinition: (node) => ({
      ...node,
      variableDefinitions: [...(node.variableDefinitions ?? []), ...(own ?? [])],
    }),
  });
  return { query: print(query), variables: { [VARIABLE]: value }, keyOf: AS_IT_IS };
}

function includedIf(variable: string): DirectiveNode {
  const value = { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } } as const;
  const name = { kind: Kind.NAME, value: "if" } as const;
  return {
    kind: Kind.DIRECTIVE,
    name: { kind: Kind.NAME, value: "include" },
    arguments: [{ kind: Kind.ARGUMENT, name, value }],
  };
}

/** JSON with the keys that the plain operation would have. */
export function turnedBack(
  json: unknown,
  { keyOf, ignored }: Pick<Rewritten, "keyOf" | "ignored">,
): unknown {
  if (Array.isArray(json)) return json.map((item) => turnedBack(item, { keyOf, ignored }));
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json)
    .filter(([key]) => key !== ignored)
    .map(([key, value]) => [keyOf(key), turnedBack(value, { keyOf, ignored })] as const);
  return Object.fromEntries(entries);
}
