// Makes the representations of entities for a request to a subgraph, from the data known of them.
// Equal representations are sent once.
import { type Data, isData, merge } from "./data.ts";
import { rewrite } from "./rewrites.ts";
import type { Rewrite, Selection } from "./steps.ts";

export interface Representations {
  /** Distinct representations, as JSON. */
  readonly texts: readonly string[];
  /** For each entity the index of its text; null if it cannot be represented. */
  readonly indexes: readonly (number | null)[];
}

interface RepresentationRules {
  readonly requires: readonly Selection[];
  readonly inputRewrites: readonly Rewrite[];
}

/** An entity without one of the required fields cannot be represented. */
export function represent(
  entities: readonly Data[],
  { requires, inputRewrites }: RepresentationRules,
): Representations {
  const indexByText = new Map<string, number>();
  const indexOf = (entity: Data) => {
    const picked = pick(entity, requires);
    if (typeof picked?.__typename !== "string") return null;
    rewrite(picked, inputRewrites);
    const text = JSON.stringify(picked);
    const index = indexByText.get(text) ?? indexByText.size;
    indexByText.set(text, index);
    return index;
  };
  // One answer may contain the same object several times.
  const known = new Map<Data, number | null>();
  const indexes = entities.map((entity) => {
    const before = known.get(entity);
    if (before !== undefined) return before;
    const index = indexOf(entity);
    known.set(entity, index);
    return index;
  });
  return { texts: [...indexByText.keys()], indexes };
}

/**
 * Null if a field is missing: its fetch failed, or a condition left it out. A fragment with a
 * missing field is left out as a whole.
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
