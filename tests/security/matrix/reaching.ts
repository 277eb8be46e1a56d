// Paths to an object of each type that queries can reach: from a thing with an id, or from Query.
// The router and the subgraphs' own ports get requests along the same path.
import { type GraphQLObjectType, getNamedType, isObjectType } from "graphql";
import { type FieldOf, fieldsOf, objectTypes, schema } from "./schema.ts";
import type { Kind } from "./world.ts";

/** The start of a path. */
export interface Start {
  readonly type: string;
  /** The fields to the thing at the router, for a person who may know it. `$id` is its id. */
  readonly steps: readonly string[];
  /** The kind of the thing. Missing for a path from Query. */
  readonly kind?: Kind;
  /** The kind of `$id`, if it is the id of another thing. */
  readonly holder?: Kind;
}

const listed = (list: string) => [`${list}(first: 1)`, "edges", "node"];

/** Own things, and Query. */
export const OWN: readonly Start[] = [
  { type: "Query", steps: [] },
  { type: "User", kind: "person", steps: ["me"] },
  { type: "Event", kind: "event", steps: ["event(id: $id)"] },
  { type: "Registration", kind: "registration", steps: ["me", ...listed("registrations")] },
  { type: "Match", kind: "match", steps: listed("matches") },
  { type: "MatchSuggestion", kind: "suggestion", steps: listed("matchSuggestions") },
  { type: "Conversation", kind: "group", steps: ["conversation(id: $id)"] },
  {
    type: "Message",
    kind: "message",
    holder: "group",
    steps: ["conversation(id: $id)", ...listed("messages")],
  },
];

/** Things of another person that others may know. */
export const OTHERS: readonly Start[] = [
  { type: "Query", steps: [] },
  { type: "User", kind: "person", steps: ["user(id: $id)"] },
  { type: "Event", kind: "event", steps: ["event(id: $id)"] },
];

const THINGS = new Set(OWN.map(({ type }) => type));

/** A type, and the fields from a start to it. */
export interface Reach {
  readonly start: Start;
  readonly way: readonly FieldOf[];
  readonly type: GraphQLObjectType;
}

/** The shortest path to each thing, and to each type that is a part of one. */
export function reachesFrom(starts: readonly Start[]): Reach[] {
  const queue = starts.map((start): Reach => ({ start, way: [], type: typeNamed(start.type) }));
  const found = new Map<string, Reach>();
  for (const reach of queue) {
    if (found.has(reach.type.name)) continue;
    found.set(reach.type.name, reach);
    for (const field of fieldsOf(reach.type)) {
      const type = getNamedType(field.field.type);
      const isPart = isObjectType(type) && !THINGS.has(type.name);
      if (isPart) queue.push({ ...reach, way: [...reach.way, field], type });
    }
  }
  return [...found.values()].filter(({ type }) => type.name !== "Query");
}

function typeNamed(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`there is no type ${name}`);
  return type;
}

/** Types that no field of Query reaches: results of mutations and events of streams. */
export function unreached(): string[] {
  const reached = new Set(reachesFrom(OWN).map(({ type }) => type.name));
  return objectTypes()
    .map(({ name }) => name)
    .filter((name) => !reached.has(name));
}
