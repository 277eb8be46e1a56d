// The manifest of our own client operations, in Apollo's format for persisted queries and with the
// texts and ids that @apollo/generate-persisted-query-manifest gives. It reads no files.
import { createHash } from "node:crypto";
import {
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  parse,
  print,
  type SelectionSetNode,
  validate,
  visit,
} from "graphql";

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
export interface Manifest {
  readonly format: "apollo-persisted-query-manifest";
  readonly version: 1;
  readonly operations: readonly ManifestOperation[];
}

export interface ManifestOperation {
  /** SHA-256 of `body`, in hexadecimal. */
  readonly id: string;
  readonly name: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly body: string;
}

/**
 * The manifest of documents with one named operation each, which is what Apollo's tool takes.
 * Throws when a document has none or several, or when two fragments or operations share a name.
 */
export function manifestOf(texts: readonly string[]): Manifest {
  const documents = texts.map((text) => parse(text));
  refuseSharedNames(documents);
  const operations = documents.map(operationOf);
  return {
    format: "apollo-persisted-query-manifest",
    version: 1,
    operations: operations.sort((one, other) => order(one.name, other.name)),
  };
}

/**
 * The manifest with the operations that an earlier release shipped and `schema` still answers:
 * clients of that release send their ids. Of one name, the current operation comes last.
 */
export function withReleased(now: Manifest, released: Manifest, schema: GraphQLSchema): Manifest {
  const current = new Set(now.operations.map(({ id }) => id));
  const earlier = released.operations.filter(
    ({ id, body }) => !current.has(id) && validate(schema, parse(body)).length === 0,
  );
  const operations = [...earlier, ...now.operations];
  return { ...now, operations: operations.sort((one, other) => order(one.name, other.name)) };
}

function operationOf(document: DocumentNode): ManifestOperation {
  const [operation, ...others] = document.definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? [node] : [],
  );
  if (!operation?.name || others.length > 0) {
    throw new Error(`A document must have exactly one named operation:\n${print(document)}`);
  }
  const body = print(sorted(withTypenames(document)));
  const id = createHash("sha256").update(body).digest("hex");
  return { id, name: operation.name.value, type: operation.operation, body };
}

/** As Apollo's clients send it: `__typename` last in every selection set but that of the root. */
function withTypenames(document: DocumentNode): DocumentNode {
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: "__typename" } } as const;
  return visit(document, {
    SelectionSet(node, _key, parent) {
      const isRoot = parent && "kind" in parent && parent.kind === Kind.OPERATION_DEFINITION;
      if (isRoot || hasMetaField(node)) return undefined;
      return { ...node, selections: [...node.selections, typename] };
    },
  });
}

function hasMetaField({ selections }: SelectionSetNode): boolean {
  return selections.some((each) => each.kind === Kind.FIELD && each.name.value.startsWith("__"));
}

/** Operations first, then fragments, each by name: clients put them together in any order. */
function sorted(document: DocumentNode): DocumentNode {
  const definitions = [...document.definitions].sort(
    (one, other) => order(other.kind, one.kind) || order(nameOf(one), nameOf(other)),
  );
  return { ...document, definitions };
}

function refuseSharedNames(documents: readonly DocumentNode[]): void {
  const seen = new Set<string>();
  for (const node of documents.flatMap(({ definitions }) => definitions)) {
    const name = `${node.kind} ${nameOf(node)}`;
    if (seen.has(name)) throw new Error(`Two documents have a ${name}: rename one.`);
    seen.add(name);
  }
}

function nameOf(node: DefinitionNode): string {
  return "name" in node ? (node.name?.value ?? "") : "";
}

function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
