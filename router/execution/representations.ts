// What stands for an entity in a request to another subgraph, made from what is known of it. Equal
// ones are sent once.
import { type Data, isData, merge } from "./data.ts";
import { rewrite } from "./rewrites.ts";
import type { Rewrite, Selection } from "./steps.ts";

/** Representations as JSON, each once, and which of them is whose. */
export interface Representations {
  readonly texts: readonly string[];
  /** For each entity the index of its text; null for one that cannot be represented. */
  readonly indexes: readonly (number | null)[];
}

/** An entity of which a required field is not known cannot be asked for, and stays as it is. */
export function represent(
  entities: readonly Data[],
  { requires, inputRewrites }: Represented,
): Representations {
  const places = new Map<string, number>();
  const placeOf = (entity: Data) => {
    const picked = pick(entity, requires);
    if (typeof picked?.__typename !== "string") return null;
    rewrite(picked, inputRewrites);
    const text = JSON.stringify(picked);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  // Entities of one answer that stand in several places are one object there.
  const known = new Map<Data, number | null>();
  const indexes = entities.map((entity) => {
    const index = known.get(entity);
    if (index !== undefined) return index;
    const place = placeOf(entity);
    known.set(entity, place);
    return place;
  });
  return { texts: [...places.keys()], indexes };
}

interface Represented {
  readonly requires: readonly Selection[];
  readonly inputRewrites: readonly Rewrite[];
}

/**
 * Null when a field is missing: it could not be fetched, or a condition left it out. What stands in
 * a fragment is then left out with all of that, as what was to be asked with it is.
 */
function pick(source: Data, selections: readonly Selection[]): Data | null {
  const picked: Data = {};
  for (const selection of selections) {
    if (selection.kind === "types") {
      const { __typename: type } = source;
      const fits = typeof type === "string" && selection.types.has(type);
      merge(picked, (fits && pick(source, selection.below)) || {});
      continue;
    }
    const { name, below } = selection;
    const value = source[selection.source];
    if (value === undefined) return null;
    const own = below ? pickEach(value, below) : value;
    if (own === undefined) return null;
    picked[name] = own;
  }
  return picked;
}

function pickEach(value: unknown, below: readonly Selection[]): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => pickEach(item, below));
    return items.includes(undefined) ? undefined : items;
  }
  return isData(value) ? (pick(value, below) ?? undefined) : value;
}
