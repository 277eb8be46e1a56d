// Remembers of an answer how many credentials were accepted for it, whatever the client selected of
// it: a credential was accepted where the type of the result has a field that is `@signsIn`. What
// follows from that is not decided here.
import type { GraphQLSchema } from "graphql";
import { readMarks } from "../policy/marks.ts";
import { type Data, isData } from "./data.ts";
import type { ShapedObject } from "./shape.ts";

const acceptedOf = new WeakMap<object, number>();

/** How many credentials that are free if accepted were accepted for the data of an answer. */
export function acceptedFor(data: unknown): number {
  return isData(data) ? (acceptedOf.get(data) ?? 0) : 0;
}

/** Remembers it for `answered`, by what subgraphs answered and the shape of the operation. */
export type NoteAccepted = (
  shape: ShapedObject,
  told: Data,
  answered: Data | null | undefined,
) => void;

export function createNote(fullSchema: GraphQLSchema): NoteAccepted {
  const { freeIfAccepted, signsIn } = readMarks(fullSchema);
  const signingIn = new Set([...signsIn].map((coordinate) => coordinate.split(".", 1)[0]));
  return (shape, told, answered) => {
    if (!answered || freeIfAccepted.size === 0) return;
    const fields = shape.fieldsOf(shape.name)?.fields ?? [];
    const accepted = fields.filter(({ coordinate, source, value: { form } }) => {
      const value = source === null ? null : told[source];
      if (!freeIfAccepted.has(coordinate) || !isData(value) || form.kind !== "object") return false;
      return signingIn.has(String(form.type ?? value.__typename));
    });
    if (accepted.length > 0) acceptedOf.set(answered, accepted.length);
  };
}
