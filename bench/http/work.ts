// A work: subgraphs whose answers depend only on the request, and one query over them. Every id in
// an answer contains the key of the request, so that a gateway can share nothing between requests
// with different keys.

/** A resolver gets the object, or the reference of an entity, and the arguments. */
type Resolve = (source: { readonly id: string }, args: { readonly of: string }) => unknown;

interface Subgraph {
  readonly name: string;
  readonly sdl: string;
  readonly resolvers: Readonly<Record<string, Readonly<Record<string, Resolve>>>>;
}

export interface Work {
  readonly name: string;
  /** Its one variable, `$of`, is the key. */
  readonly query: string;
  readonly subgraphs: readonly Subgraph[];
}

/** All keys have one length, and so all answers to a query too. */
export const KEY = /k\d{7}/g;

export function keyOf(count: number): string {
  return `k${String(count).padStart(7, "0")}`;
}

/** The key within an id, and what follows it. */
export function partsOf(id: string): readonly [key: string, rest: string] {
  const [key = "", rest = ""] = id.split("-");
  return [key, rest];
}

/** The beginning of the SDL of each subgraph. Public fields need a policy, too. */
export const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.12"
  import: [
    "@key", "@external", "@requires", "@provides", "@shareable", "@listSize", "@authenticated"
    "@policy"
  ]
)`;

export const PUBLIC = '@policy(policies: [["public"]])';
