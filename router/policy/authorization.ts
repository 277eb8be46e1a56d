// Decides which part of an operation an identity may run, by the directives in the schema: all of
// it, a part, or nothing. It runs nothing. Subgraphs check relations between people and things.
import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from "graphql";
import type { Identity } from "#kit/trust/identity";
import { type Fragments, fragmentsOf } from "../document/fragments.ts";
import type { Variables } from "../document/operation.ts";
import type { Supergraph } from "../supergraph/supergraph.ts";
import { type Access, createAccesses } from "./access.ts";
import { type FilteredOperation, filterOperation } from "./filter.ts";
import { createRestore, type Restore } from "./restore.ts";
import { coercedVariables } from "./variables.ts";

/** An operation that the guard has accepted: valid, within the limits, with valid variables. */
export interface AcceptedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
  readonly identity: Identity;
}

/** The whole document may run. */
interface Granted {
  readonly kind: "granted";
}

/** Nothing may run; this is the answer. */
interface Refused {
  readonly kind: "refused";
  readonly answer: ExecutionResult;
}

/** Only a part of the document may run. */
interface Filtered {
  readonly kind: "filtered";
  readonly permitted: Permitted;
  /** Makes the answer to the client's document from an answer to that part. */
  readonly restore: Restore;
}

interface Permitted {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

export type Authorization = Granted | Refused | Filtered;
export type Authorize = (accepted: AcceptedOperation) => Authorization;

interface Compiled {
  readonly permitted: Permitted;
  readonly typeKey: string;
  readonly fragments: Fragments;
}

const GRANTED: Granted = { kind: "granted" };

/** Authorizes by one supergraph. It filters an operation once for each access. */
export function createAuthorizer({
  apiSchema: schema,
  fullSchema,
}: Pick<Supergraph, "apiSchema" | "fullSchema">): Authorize {
  const accessOf = createAccesses(fullSchema);
  const compiled = new WeakMap<OperationDefinitionNode, Map<Access, Compiled | null>>();

  function compile({ document, operation }: AcceptedOperation, access: Access): Compiled | null {
    const known = compiled.get(operation) ?? new Map<Access, Compiled | null>();
    compiled.set(operation, known);
    const made = known.get(access);
    if (made !== undefined) return made;
    const fragments = fragmentsOf(document);
    const filtered = filterOperation(schema, operation, fragments, access);
    const result = filtered && compiledOf(filtered, fragments);
    known.set(access, result);
    return result;
  }

  return (accepted) => {
    const access = accessOf(accepted.identity);
    const filtered = compile(accepted, access);
    if (!filtered) return GRANTED;
    const { operation } = accepted;
    const { permitted, fragments, typeKey } = filtered;
    const variables = coercedVariables(schema, operation, accepted.variables);
    const restore = createRestore({ schema, operation, fragments, access, variables, typeKey });
    const answer = answerWithoutRunning(permitted.operation, restore);
    return answer ? { kind: "refused", answer } : { kind: "filtered", permitted, restore };
  };
}

/**
 * The answer if nothing has to run: no field is left, or a refused root field is non-null, so that
 * the data is null in any case. Null if something has to run.
 */
function answerWithoutRunning(
  { operation, selectionSet: { selections } }: OperationDefinitionNode,
  restore: Restore,
): ExecutionResult | null {
  const empty = restore({ data: {} });
  if (selections.length > 0 && empty.data) return null;
  return operation === "subscription" && empty.errors ? { errors: empty.errors } : empty;
}

function compiledOf(
  { document, operation, typeKey }: FilteredOperation,
  fragments: Fragments,
): Compiled {
  return { permitted: { document, operation }, typeKey, fragments };
}
