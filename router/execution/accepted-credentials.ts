// Records how many credentials an answer accepted, whatever fields of it the client selected. A
// credential was accepted if the result's type has a field with `@signsIn`. operation-plugin.ts
// charges the refused ones.
import type { GraphQLSchema } from "graphql";
import { readPolicyDirectives } from "../policy/directives.ts";
import { type Data, isData } from "./data.ts";
import type { ShapedObject } from "./shape.ts";

const acceptedIn = new WeakMap<object, number>();

/** How many credentials with `isFreeIfAccepted` were accepted for this answer. */
export function acceptedCredentials(answer: unknown): number {
  return isData(answer) ? (acceptedIn.get(answer) ?? 0) : 0;
}

/** Records it for `answer`, the data for the client. `data` has the answers of the subgraphs. */
export type RecordAccepted = (
  shape: ShapedObject,
  data: Data,
  answer: Data | null | undefined,
) => void;

export function createRecordAccepted(fullSchema: GraphQLSchema): RecordAccepted {
  const { freeIfAccepted, signsIn } = readPolicyDirectives(fullSchema);
  const signInTypes = new Set([...signsIn].map((coordinate) => coordinate.split(".", 1)[0]));
  return (shape, data, answer) => {
    if (!answer || freeIfAccepted.size === 0) return;
    const fields = shape.fieldsOf(shape.name)?.fields ?? [];
    const accepted = fields.filter(({ coordinate, source, value: { form } }) => {
      const value = source === null ? null : data[source];
      if (!freeIfAccepted.has(coordinate) || !isData(value) || form.kind !== "object") return false;
      return signInTypes.has(String(form.type ?? value.__typename));
    });
    if (accepted.length > 0) acceptedIn.set(answer, accepted.length);
  };
}
