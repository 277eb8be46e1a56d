// What a work is: subgraphs whose answers depend on nothing but what is asked, and one query over
// them. Every id in an answer carries the key that its request asked for, so that requests with
// keys of their own have nothing in common that a gateway could share.

/** A resolver gets the object, or the representation of an entity, and arguments. */
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

/** Keys have one length, so that all answers to a query have. */
export const KEY = /k\d{7}/g;

export function keyOf(count: number): string {
  return `k${String(count).padStart(7, "0")}`;
}

/** The key within an id, and what follows it. */
export function partsOf(id: string): readonly [key: string, rest: string] {
  const [key = "", rest = ""] = id.split("-");
  return [key, rest];
}

/** Begins the SDL of each subgraph. What everybody may see has to be marked, too. */
export const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.12"
  import: [
    "@key", "@external", "@requires", "@provides", "@shareable", "@listSize", "@authenticated"
    "@policy"
  ]
)`;

export const PUBLIC = '@policy(policies: [["public"]])';
