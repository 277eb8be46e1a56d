// Walks the SDL of one subgraph for the lint: every element with its schema coordinate, and helpers
// for nodes. Elements of other subgraphs (entity stubs, `@external` fields) are skipped, because
// they are described there.
import {
  type ArgumentNode,
  type ASTNode,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
} from "graphql";

/** One breach of a rule, with a schema coordinate such as `User.email` and the place in a file. */
export interface Finding {
  readonly rule: string;
  readonly coordinate: string;
  readonly message: string;
  readonly place: string;
}

/** Checks the SDL of one subgraph, the kit's included. */
export type Rule = (document: DocumentNode) => Finding[];

export type ElementKind =
  | "type"
  | "field"
  | "argument"
  | "input field"
  | "enum value"
  | "directive"
  | "directive argument";

/** A named element of the SDL. `owner` is its type, or its field. */
export interface Element<Node = NamedNode> {
  readonly kind: ElementKind;
  readonly node: Node;
  readonly name: string;
  readonly owner: string;
  readonly coordinate: string;
}

type NamedNode = ASTNode & { readonly name: { readonly value: string } };

/** Makes the findings of one rule. */
export function finder(rule: string) {
  return (node: ASTNode, coordinate: string, message: string): Finding => {
    const { loc } = node;
    const place = loc ? `${loc.source.name}:${loc.startToken.line}` : "unknown place";
    return { rule, coordinate, message, place };
  };
}

/**
 * Every type, field, argument, enum value and directive. The members of extensions are included,
 * the extensions are not.
 */
export function elementsOf(document: DocumentNode): Element[] {
  return document.definitions.flatMap(elementsIn);
}

function elementsIn(node: DefinitionNode): Element[] {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return isStub(node) ? [] : [typeElement(node), ...fieldElements(node)];
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_EXTENSION:
      return isStub(node) ? [] : fieldElements(node);
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [typeElement(node), ...memberElements("input field", node, node.fields)];
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return memberElements("input field", node, node.fields);
    case Kind.ENUM_TYPE_DEFINITION:
      return [typeElement(node), ...memberElements("enum value", node, node.values)];
    case Kind.ENUM_TYPE_EXTENSION:
      return memberElements("enum value", node, node.values);
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
      return [typeElement(node)];
    case Kind.DIRECTIVE_DEFINITION: {
      const coordinate = `@${node.name.value}`;
      const own = {
        kind: "directive",
        node,
        name: node.name.value,
        owner: "",
        coordinate,
      } as const;
      return [own, ...argumentElements("directive argument", coordinate, node.arguments)];
    }
    default:
      return [];
  }
}

function typeElement(node: NamedNode): Element {
  const name = node.name.value;
  return { kind: "type", node, name, owner: "", coordinate: name };
}

function fieldElements(
  type: NamedNode & { readonly fields?: readonly FieldDefinitionNode[] | undefined },
): Element[] {
  const own = (type.fields ?? []).filter((field) => !directiveOf(field, "external"));
  return memberElements("field", type, own).flatMap((field) => [
    field,
    ...argumentElements(
      "argument",
      field.coordinate,
      (field.node as FieldDefinitionNode).arguments,
    ),
  ]);
}

function memberElements(
  kind: ElementKind,
  { name: { value: owner } }: NamedNode,
  members: readonly NamedNode[] = [],
): Element[] {
  return members.map((node) => {
    const name = node.name.value;
    return { kind, node, name, owner, coordinate: `${owner}.${name}` };
  });
}

function argumentElements(
  kind: ElementKind,
  owner: string,
  nodes: readonly InputValueDefinitionNode[] = [],
): Element[] {
  return nodes.map((node) => {
    const name = node.name.value;
    return { kind, node, name, owner, coordinate: `${owner}(${name}:)` };
  });
}

/** Every field of an object or interface. */
export function fieldsOf(document: DocumentNode): Element<FieldDefinitionNode>[] {
  return elementsOf(document).filter(
    (element): element is Element<FieldDefinitionNode> => element.kind === "field",
  );
}

/** Every argument of a field and every field of an input object. */
export function inputsOf(document: DocumentNode): Element<InputValueDefinitionNode>[] {
  return elementsOf(document).filter(
    (element): element is Element<InputValueDefinitionNode> =>
      element.kind === "argument" || element.kind === "input field",
  );
}

/** Object types: definitions and extensions alike. */
export function objectTypesOf(
  document: DocumentNode,
): (ObjectTypeDefinitionNode | ObjectTypeExtensionNode)[] {
  return document.definitions.filter(
    (node) => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION,
  );
}

/**
 * Types whose values have fields: objects, interfaces and unions, also those that are only extended
 * here.
 */
export function compositeTypesOf(document: DocumentNode): Set<string> {
  const kinds: readonly Kind[] = [
    Kind.OBJECT_TYPE_DEFINITION,
    Kind.OBJECT_TYPE_EXTENSION,
    Kind.INTERFACE_TYPE_DEFINITION,
    Kind.INTERFACE_TYPE_EXTENSION,
    Kind.UNION_TYPE_DEFINITION,
  ];
  return new Set(
    document.definitions.flatMap((node) =>
      kinds.includes(node.kind) && "name" in node && node.name ? [node.name.value] : [],
    ),
  );
}

/** True for a stub of another subgraph's entity: all its keys have `resolvable: false`. */
function isStub(node: {
  readonly directives?: readonly ConstDirectiveNode[] | undefined;
}): boolean {
  const keys = (node.directives ?? []).filter(({ name }) => name.value === "key");
  const isReference = (key: ConstDirectiveNode) => {
    const value = argumentOf(key, "resolvable")?.value;
    return value?.kind === Kind.BOOLEAN && !value.value;
  };
  return keys.length > 0 && keys.every(isReference);
}

export function directiveOf(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): ConstDirectiveNode | undefined {
  return node.directives?.find((directive) => directive.name.value === name);
}

export function argumentOf(directive: ConstDirectiveNode, name: string): ArgumentNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name);
}

/** The name of the type inside lists and non-nulls. */
export function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

export function isListType(type: TypeNode): boolean {
  if (type.kind === Kind.NON_NULL_TYPE) return isListType(type.type);
  return type.kind === Kind.LIST_TYPE;
}
