// A model of a subgraph's object types for code generation: their parts by feature, and their keys.
import {
  type ConstDirectiveNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type SelectionNode,
} from "graphql";
import type { SdlSource } from "#kit/service/sdl";
import { parseSources } from "./sdl.ts";

/** The fields of one `@key`, without nested ones. */
export interface EntityKey {
  readonly fields: readonly string[];
  readonly isResolvable: boolean;
}

/** One feature's part of a type: its definition or an extension. */
export interface TypePart {
  readonly feature: string;
  readonly isExtension: boolean;
  readonly keys: readonly EntityKey[];
  readonly fields: readonly FieldModel[];
}

export interface FieldModel {
  readonly name: string;
  readonly hasArguments: boolean;
}

export interface TypeModel {
  readonly name: string;
  readonly keys: readonly EntityKey[];
  readonly parts: readonly TypePart[];
}

/** Names of the types that each feature's store.ts exports and that end in `Row`. */
export type RowNames = ReadonlyMap<string, readonly string[]>;

/**
 * The object types of features, with every part of each; fields marked `@external` are left out.
 */
export function readModel(sources: readonly SdlSource[]): TypeModel[] {
  const parts = new Map<string, TypePart[]>();
  for (const source of sources) {
    const feature = featureOf(source.path);
    if (feature === undefined) continue;
    for (const node of parseSources([source]).definitions) {
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) {
        continue;
      }
      const known = parts.get(node.name.value) ?? [];
      parts.set(node.name.value, [...known, partOf(node, feature)]);
    }
  }
  return [...parts].map(([name, parts]) => ({
    name,
    parts,
    keys: parts.flatMap((part) => part.keys),
  }));
}

/**
 * The feature whose store.ts exports the row of a type. A feature that defines the type goes before
 * one that extends it.
 */
export function rowOwner(type: TypeModel, rows: RowNames): string | undefined {
  const { parts } = type;
  return [...parts.filter((part) => !part.isExtension), ...parts.filter((part) => part.isExtension)]
    .map((part) => part.feature)
    .find((feature) => rows.get(feature)?.includes(`${type.name}Row`));
}

/**
 * The feature of `subgraphs/<name>/<feature>/schema.graphql`, with its area if it has one;
 * undefined for files of the kit.
 */
function featureOf(path: string): string | undefined {
  return /^subgraphs\/[^/]+\/((?:[^/]+\/)?[^/]+)\/[^/]+$/.exec(path)?.[1];
}

function partOf(
  node: ObjectTypeDefinitionNode | ObjectTypeExtensionNode,
  feature: string,
): TypePart {
  const fields = (node.fields ?? []).filter(
    (field) => !field.directives?.some((directive) => directive.name.value === "external"),
  );
  return {
    feature,
    isExtension: node.kind === Kind.OBJECT_TYPE_EXTENSION,
    keys: (node.directives ?? []).filter(({ name }) => name.value === "key").map(keyOf),
    fields: fields.map((field) => ({
      name: field.name.value,
      hasArguments: (field.arguments ?? []).length > 0,
    })),
  };
}

function keyOf(directive: ConstDirectiveNode): EntityKey {
  let fields: readonly string[] = [];
  let isResolvable = true;
  for (const { name, value } of directive.arguments ?? []) {
    if (name.value === "fields" && value.kind === Kind.STRING) fields = namesIn(value.value);
    if (name.value === "resolvable" && value.kind === Kind.BOOLEAN) isResolvable = value.value;
  }
  return { fields, isResolvable };
}

function namesIn(fieldSet: string): string[] {
  const [operation] = parse(`{ ${fieldSet} }`).definitions;
  const selections: readonly SelectionNode[] =
    operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  return selections.flatMap((node) => (node.kind === Kind.FIELD ? [node.name.value] : []));
}
