// Rules of list sizes, from which the router estimates the cost: every connection names its page
// arguments and its default size, every list of objects has an assumed size, and edges have no cost
// besides their nodes.
import {
  type ConstDirectiveNode,
  type ConstValueNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
} from "graphql";
import {
  argumentOf,
  compositeTypesOf,
  directiveOf,
  type Element,
  type Finding,
  fieldsOf,
  finder,
  isListType,
  namedTypeOf,
  objectTypesOf,
} from "./walk.ts";

const report = finder("list-size");

export function listSizes(document: DocumentNode): Finding[] {
  const composites = compositeTypesOf(document);
  return [
    ...edges(document),
    ...fieldsOf(document).flatMap((field) => {
      const type = namedTypeOf(field.node.type);
      if (type.endsWith("Connection")) return connection(field);
      const isEdges = field.owner.endsWith("Connection") && field.name === "edges";
      return composites.has(type) && isListType(field.node.type) && !isEdges ? list(field) : [];
    }),
  ];
}

function connection({ node, coordinate }: Element<FieldDefinitionNode>): Finding[] {
  const size = directiveOf(node, "listSize");
  const pages = size ? stringsOf(argumentValue(size, "slicingArguments")) : [];
  const sized = size ? stringsOf(argumentValue(size, "sizedFields")) : [];
  const isOptional = size && isFalse(argumentValue(size, "requireOneSlicingArgument"));
  const given = (node.arguments ?? []).map(({ name }) => name.value);
  const expected = ["first", "last"].filter((name) => given.includes(name));
  if (!isOptional || !sized.includes("edges") || expected.some((name) => !pages.includes(name))) {
    const names = expected.map((name) => `"${name}"`).join(", ");
    const message =
      `needs @listSize(slicingArguments: [${names}], sizedFields: ["edges"], ` +
      "requireOneSlicingArgument: false)";
    return [report(node, coordinate, message)];
  }
  const hasDefault = node.arguments?.some(
    ({ name, defaultValue }) => pages.includes(name.value) && defaultValue?.kind === Kind.INT,
  );
  if (hasDefault || argumentValue(size, "assumedSize")) return [];
  const message = "needs a default for first, or @listSize(assumedSize: …): what a page holds";
  return [report(node, coordinate, message)];
}

function list({ node, coordinate }: Element<FieldDefinitionNode>): Finding[] {
  const size = directiveOf(node, "listSize");
  if (size && argumentValue(size, "assumedSize")) return [];
  const message = "a list of objects needs @listSize(assumedSize: …): how long it usually is";
  return [report(node, coordinate, message)];
}

function edges(document: DocumentNode): Finding[] {
  return objectTypesOf(document)
    .filter(({ kind, name }) => kind === Kind.OBJECT_TYPE_DEFINITION && name.value.endsWith("Edge"))
    .filter((node) => {
      const cost = directiveOf(node, "cost");
      const weight = cost && argumentValue(cost, "weight");
      return weight?.kind !== Kind.INT || weight.value !== "0";
    })
    .map((node) => report(node, node.name.value, "an edge needs @cost(weight: 0)"));
}

function argumentValue(
  directive: ConstDirectiveNode,
  argument: string,
): ConstValueNode | undefined {
  return argumentOf(directive, argument)?.value as ConstValueNode | undefined;
}

function stringsOf(value: ConstValueNode | undefined): string[] {
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((each) => (each.kind === Kind.STRING ? [each.value] : []));
}

function isFalse(value: ConstValueNode | undefined): boolean {
  return value?.kind === Kind.BOOLEAN && !value.value;
}
