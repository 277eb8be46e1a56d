// Rules of lists: a list that can grow is a connection with `first` and `after`; a plain list of
// objects states its small maximal size, which may be larger for free objects.
import { type DocumentNode, type FieldDefinitionNode, Kind, print } from "graphql";
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

const ITEMS_MAX = 20;
/** For items of a type with `@cost(weight: 0)`. */
const FREE_ITEMS_MAX = 500;
const reportConnection = finder("connection");
const reportList = finder("bounded-list");

export function lists(document: DocumentNode): Finding[] {
  const composites = compositeTypesOf(document);
  const free = freeTypesOf(document);
  return [
    ...connectionTypes(document),
    ...fieldsOf(document).flatMap((field) => {
      const type = namedTypeOf(field.node.type);
      if (type.endsWith("Connection")) return connectionField(field);
      return composites.has(type) && isListType(field.node.type)
        ? boundedList(field, free.has(type) ? FREE_ITEMS_MAX : ITEMS_MAX)
        : [];
    }),
  ];
}

function connectionField({ node, coordinate }: Element<FieldDefinitionNode>): Finding[] {
  const given = new Map(
    (node.arguments ?? []).map((arg) => [arg.name.value, print(arg.type)] as const),
  );
  if (given.get("first") === "Int" && given.get("after") === "String") return [];
  const message = "a field that gives a connection takes first: Int and after: String";
  return [reportConnection(node, coordinate, message)];
}

function connectionTypes(document: DocumentNode): Finding[] {
  return objectTypesOf(document)
    .filter(({ name }) => name.value.endsWith("Connection"))
    .filter((node) => {
      const fields = new Set(node.fields?.map((field) => field.name.value));
      const isDefinition = node.kind === Kind.OBJECT_TYPE_DEFINITION;
      return isDefinition && !(fields.has("edges") && fields.has("pageInfo"));
    })
    .map((node) => {
      const message = "a connection has the fields edges and pageInfo";
      return reportConnection(node, node.name.value, message);
    });
}

/** The types whose objects are free. */
function freeTypesOf(document: DocumentNode): Set<string> {
  const free = objectTypesOf(document).filter((node) => {
    const cost = directiveOf(node, "cost");
    const weight = cost && argumentOf(cost, "weight")?.value;
    return weight?.kind === Kind.INT && weight.value === "0";
  });
  return new Set(free.map(({ name }) => name.value));
}

function boundedList(
  { node, owner, name, coordinate }: Element<FieldDefinitionNode>,
  itemsMax: number,
): Finding[] {
  if (owner.endsWith("Connection") && name === "edges") return [];
  const said = /\bat most (\d+)\b/i.exec(node.description?.value ?? "")?.[1];
  if (said !== undefined && Number(said) <= itemsMax) return [];
  const message =
    `a list of objects says "at most N" in its description, N being ${itemsMax} or less; ` +
    "a longer one is a connection";
  return [reportList(node, coordinate, message)];
}
