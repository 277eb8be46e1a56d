// Judges every operation of both transports by the table of limits: its document before that is
// validated, its variables and page sizes before it runs.
import type { DocumentNode, GraphQLError } from "graphql";
import type { Supergraph } from "../supergraph.ts";
import { type Limits, tooComplex } from "./limits.ts";
import { credentialsOf } from "./marks.ts";
import { MEASURED, measure } from "./measure.ts";
import { type IncomingOperation, refusalOf } from "./operation.ts";

export interface Guard {
  /** The reason not even to validate a document, or null. */
  judgeDocument(document: DocumentNode): GraphQLError | null;
  /** The reason not to run an operation of a valid document, or null. */
  judgeOperation(incoming: IncomingOperation): GraphQLError | null;
}

/** A guard of one generation of the graph. */
export function createGuard(
  supergraph: Pick<Supergraph, "apiSchema" | "fullSchema">,
  limits: Limits,
): Guard {
  const { apiSchema: schema } = supergraph;
  const measured = { schema, credentials: credentialsOf(supergraph.fullSchema) };
  return {
    judgeDocument(document) {
      for (const measures of measure(measured, document)) {
        const beyond = MEASURED.find((name) => measures[name] > limits[name]);
        if (beyond) return tooComplex(beyond, measures[beyond], limits[beyond]);
      }
      return null;
    },
    judgeOperation: (incoming) => refusalOf(incoming, schema, limits),
  };
}
