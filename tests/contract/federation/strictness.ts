// The rule for null in an answer: no non-null field is null, and a null that propagated from a
// non-null field has an error. It sends nothing, but returns the operations that must be sent to
// decide.
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Answer, Question } from "./answers.ts";
import type { Path } from "./feature.ts";

export interface Nulls {
  /** Paths of non-null fields that are null. */
  readonly forbidden: readonly Path[];
  /** Objects that are null and have no error. */
  readonly silent: readonly Path[];
}

/** Finds the nulls of an answer. */
export function nullsIn(schema: GraphQLSchema, question: Question, answer: Answer): Nulls {
  const { data, errors = [] } = answer;
  const forbidden: Path[] = [];
  const silent: Path[] = [];
  if (data === null || data === undefined) {
    return { forbidden: errors.length === 0 ? [[]] : [], silent };
  }
  const types = typesIn(schema, inlined(question));
  walk(data, [], null);
  return { forbidden, silent };

  function walk(value: unknown, path: Path, type: GraphQLOutputType | null): void {
    if (value === null && type && isNonNullType(type)) forbidden.push(path);
    else if (value === null && type && isCompositeType(type) && !isTold(path)) silent.push(path);
    if (typeof value !== "object" || value === null) return;
    const nullable = type && getNullableType(type);
    if (Array.isArray(value)) {
      const item = isListType(nullable) ? nullable.ofType : null;
      for (const [at, each] of value.entries()) walk(each, [...path, at], item);
    } else if (!nullable || isCompositeType(nullable)) {
      for (const [key, each] of Object.entries(value)) {
        const own = [...path, key];
        walk(each, own, types.get(keysOf(own)) ?? null);
      }
    }
  }
  function isTold(path: Path): boolean {
    const covers = (other: Path | undefined) =>
      !other || other.every((step, at) => at >= path.length || step === path[at]);
    return errors.some((error) => covers(error.path));
  }
}

/**
 * The operation that shows whether an object is null by itself: it selects only the type of the
 * objects below. Null if there are none.
 */
export function questionBelow(
  schema: GraphQLSchema,
  question: Question,
  path: Path,
): Question | null {
  const types = typesIn(schema, inlined(question));
  const wanted = keysOf(path);
  let hasObjects = false;
  const document = withPaths(inlined(question), (node, keys) => {
    const type = types.get(keys);
    const isBelow = keys.slice(0, keys.lastIndexOf(".")) === wanted;
    if (!isBelow || !node.selectionSet || !type || !isCompositeType(getNamedType(type)))
      return node;
    hasObjects = true;
    const name = { kind: Kind.NAME, value: "__typename" } as const;
    const selections = [{ kind: Kind.FIELD, name } as const];
    return { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } };
  });
  if (!hasObjects) return null;
  return { ...question, query: print(withoutUnusedVariables(document)) };
}

/** The value of an answer at a path. */
export function at({ data }: Answer, path: Path): unknown {
  let value: unknown = data;
  for (const step of path) value = (value as Record<string | number, unknown> | null)?.[step];
  return value;
}

const keysOf = (path: Path) => path.filter((step) => typeof step === "string").join(".");

/** The operation only, with its fragments inlined. */
function inlined({ query, operationName }: Question): DocumentNode {
  const document = parse(query, { noLocation: true });
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error("there is no such operation");
  const definitions: OperationDefinitionNode[] = [
    visit(operation, {
      FragmentSpread({ name, directives = [] }): SelectionNode | undefined {
        for (const each of document.definitions) {
          if (each.kind !== Kind.FRAGMENT_DEFINITION || each.name.value !== name.value) continue;
          const { typeCondition, selectionSet } = each;
          return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet };
        }
        return undefined;
      },
    }),
  ];
  return { kind: Kind.DOCUMENT, definitions };
}

/** The types of fields by their response paths. Of several types any one. */
function typesIn(schema: GraphQLSchema, document: DocumentNode): Map<string, GraphQLOutputType> {
  const info = new TypeInfo(schema);
  const types = new Map<string, GraphQLOutputType>();
  const path: string[] = [];
  visit(
    document,
    visitWithTypeInfo(info, {
      Field: {
        enter(node) {
          path.push((node.alias ?? node.name).value);
          const type = info.getType();
          if (type) types.set(path.join("."), type as GraphQLOutputType);
        },
        leave: () => void path.pop(),
      },
    }),
  );
  return types;
}

function withPaths(
  document: DocumentNode,
  change: (node: FieldNode, keys: string) => FieldNode,
): DocumentNode {
  const path: string[] = [];
  return visit(document, {
    Field: {
      enter: (node) => void path.push((node.alias ?? node.name).value),
      leave(node) {
        const keys = path.join(".");
        path.pop();
        return change(node, keys);
      },
    },
  });
}

function withoutUnusedVariables(document: DocumentNode): DocumentNode {
  const used = new Set<string>();
  visit(document, {
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  return visit(document, {
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
}
