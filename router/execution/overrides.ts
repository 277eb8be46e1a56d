// Progressive `@override`: decides for each request which fields have moved to another subgraph. A
// label with a percentage is decided at random. Fields with any other label have not moved.
// https://www.apollographql.com/docs/graphos/schema-design/guides/federated-schemas/entities/migrate-fields
import { type DocumentNode, Kind, visit } from "graphql";

export interface Overrides {
  /** Whether the fields of a label have moved, by label. */
  readonly conditions: Map<string, boolean>;
  /** Equal conditions have equal keys. */
  readonly key: string;
}

const PERCENTAGE = /^percent\((\d+(?:\.\d+)?)\)$/;

/** The returned function decides all labels of a supergraph anew. `roll` gives 0 to below 1. */
export function createOverrides(
  supergraph: DocumentNode,
  roll: () => number = Math.random,
): () => Overrides {
  const labels = labelsOf(supergraph);
  const hasMoved = (label: string) => roll() * 100 < Number(PERCENTAGE.exec(label)?.[1] ?? 0);
  return () => {
    const decided = labels.map((label) => [label, hasMoved(label)] as const);
    return {
      conditions: new Map(decided),
      key: decided.map(([, isMoved]) => Number(isMoved)).join(""),
    };
  };
}

function labelsOf(supergraph: DocumentNode): string[] {
  const labels = new Set<string>();
  visit(supergraph, {
    Argument({ name, value }) {
      if (name.value === "overrideLabel" && value.kind === Kind.STRING) labels.add(value.value);
    },
  });
  return [...labels];
}
