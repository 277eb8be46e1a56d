// Decides for every operation what of it may be asked for, by the requirements in the schema: all
// of it, a part, or nothing. It runs nothing; how people and things are related is for the
// subgraphs to judge.
import type { DocumentNode, ExecutionResult, OperationDefinitionNode } from "graphql";
import type { Identity } from "#kit/trust/identity";
import { type Fragments, fragmentsOf } from "../document/fragments.ts";
import type { Variables } from "../document/operation.ts";
import type { Supergraph } from "../supergraph/supergraph.ts";
import { type Access, createAccesses } from "./access.ts";
import { type FilteredOperation, filterOperation } from "./filter.ts";
import { createRestore, type Restore } from "./restore.ts";
import { coercedVariables } from "./variables.ts";

/** An operation of a valid document, within the limits, with variables that fit. */
export interface AcceptedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
  readonly identity: Identity;
}

/** What may be asked for: the document as it is. */
interface Granted {
  readonly kind: "granted";
}

/** Nothing may be asked for, and this is the answer. */
interface Refused {
  readonly kind: "refused";
  readonly answer: ExecutionResult;
}

/** A part of the document may be asked for, in place of it. */
interface Filtered {
  readonly kind: "filtered";
  readonly permitted: Permitted;
  /** Makes of each answer to that part one to the client's document. */
  readonly restore: Restore;
}

interface Permitted {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

export type Authorization = Granted | Refused | Filtered;
export type Authorize = (admitted: AcceptedOperation) => Authorization;

interface Compiled {
  readonly permitted: Permitted;
  readonly typeKey: string;
  readonly fragments: Fragments;
}

const GRANTED: Granted = { kind: "granted" };

/**
 * The judge of one generation of the graph. What it knows of a document lives as long as that: an
 * operation is filtered once for each access.
 */
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

  return (admitted) => {
    const access = accessOf(admitted.identity);
    const filtered = compile(admitted, access);
    if (!filtered) return GRANTED;
    const { operation } = admitted;
    const { permitted, fragments, typeKey } = filtered;
    const variables = coercedVariables(schema, operation, admitted.variables);
    const restore = createRestore({ schema, operation, fragments, access, variables, typeKey });
    const answer = answerWithoutAsking(permitted.operation, restore);
    return answer ? { kind: "refused", answer } : { kind: "filtered", permitted, restore };
  };
}

/**
 * The answer when nothing is left to ask for, or when a refused root field must not be null: then
 * there are no data whatever the others say, so nothing runs. Null when something must.
 */
function answerWithoutAsking(
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
