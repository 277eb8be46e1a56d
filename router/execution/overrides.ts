// For which requests a field has moved to another subgraph already, where `@override` moves it step
// by step: a label that says a percentage is decided by lot for each request, any other label has
// not moved anything.
// https://www.apollographql.com/docs/graphos/schema-design/guides/federated-schemas/entities/migrate-fields
import { type DocumentNode, Kind, visit } from "graphql";

export interface Overrides {
  /** Whether the field of each label has moved. */
  readonly conditions: Map<string, boolean>;
  /** The same for equal conditions. */
  readonly key: string;
}

const PERCENTAGE = /^percent\((\d+(?:\.\d+)?)\)$/;

/** How a supergraph's labels turn out; `roll` gives at least 0 and less than 1. */
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
