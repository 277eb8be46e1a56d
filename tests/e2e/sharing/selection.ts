// Generates selections from a subgraph's SDL: everything that the audience of a shared stream may
// read of its events, and each field that it may not.
import {
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
} from "graphql";
import { judge, type Requirement, readRequirements } from "../../../kit/trust/authorization.ts";

type Requirements = ReadonlyMap<string, Requirement>;

interface Walk {
  readonly schema: GraphQLSchema;
  readonly requirements: Requirements;
  /** The types of the path so far. Each occurs twice at most. */
  readonly way: readonly string[];
  /** The selected coordinates. */
  readonly selected: Set<string>;
  /** The refused coordinates, with an operation that selects each. */
  readonly refused: Map<string, string>;
  /** Puts a selection of the current type into the whole operation. */
  inPlace(selection: string): string;
}

export interface Selections {
  /** Selects all that the audience may read. */
  readonly all: string;
  readonly selected: ReadonlySet<string>;
  /** For each coordinate that the audience may not read, a selection of it. */
  readonly refused: ReadonlyMap<string, string>;
}

/** The selections of a subscription's events; nothing below them needs an argument. */
export function selectionsOf(schema: GraphQLSchema, field: string): Selections {
  const event = schema.getSubscriptionType()?.getFields()[field]?.type;
  if (!event) throw new Error(`there is no subscription ${field}`);
  const selected = new Set<string>();
  const refused = new Map<string, string>();
  const requirements = readRequirements(schema);
  const inPlace = (selection: string) => selection;
  const walk = { schema, requirements, way: [], selected, refused, inPlace };
  return { all: selectionOf(getNamedType(event), walk), selected, refused };
}

function selectionOf(type: GraphQLNamedType, walk: Walk): string {
  if (isObjectType(type)) return `{ __typename ${partsOf(type, walk)} }`;
  if (!isAbstractType(type)) throw new Error(`${type.name} cannot be selected`);
  const fragments = walk.schema.getPossibleTypes(type).map((each) => {
    const inPlace = (selection: string) =>
      walk.inPlace(`{ __typename ... on ${each.name} ${selection} }`);
    return `... on ${each.name} { __typename ${partsOf(each, { ...walk, inPlace })} }`;
  });
  return `{ __typename ${fragments.join(" ")} }`;
}

function partsOf(type: GraphQLObjectType, walk: Walk): string {
  const parts = Object.values(type.getFields()).map(({ name, type: fieldType }) => {
    const coordinate = `${type.name}.${name}`;
    const inner = getNamedType(fieldType);
    const requirement = walk.requirements.get(coordinate);
    if (requirement && judge(requirement, { kind: "audience" }).kind !== "granted") {
      const leaf = isLeafType(inner) ? "" : "{ __typename }";
      keepShortest(walk.refused, coordinate, walk.inPlace(`{ __typename ${name} ${leaf} }`));
      return "";
    }
    if (isLeafType(inner)) {
      walk.selected.add(coordinate);
      return name;
    }
    if (walk.way.filter((each) => each === inner.name).length === 2) return "";
    walk.selected.add(coordinate);
    const inPlace = (selection: string) => walk.inPlace(`{ __typename ${name} ${selection} }`);
    return `${name} ${selectionOf(inner, { ...walk, inPlace, way: [...walk.way, inner.name] })}`;
  });
  return parts.join(" ");
}

/** The shortest path has data most likely. */
function keepShortest(texts: Map<string, string>, name: string, text: string): void {
  if (text.length < (texts.get(name)?.length ?? Number.POSITIVE_INFINITY)) texts.set(name, text);
}

/** The coordinates with values in some data, by `__typename`. */
export function coordinatesIn(data: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(data)) for (const item of data) coordinatesIn(item, found);
  else if (typeof data === "object" && data !== null) {
    const { __typename } = data as { readonly __typename?: string };
    for (const [name, value] of Object.entries(data)) {
      if (value !== null && name !== "__typename") found.add(`${__typename}.${name}`);
      coordinatesIn(value, found);
    }
  }
  return found;
}
