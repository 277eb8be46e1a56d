// Judges every operation of both transports by the table of limits: its document before that is
// validated, its variables, page sizes and cost before it runs.
import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode } from "graphql";
import { badInput, fail } from "#kit/errors";
import { invariant } from "#kit/invariant";
import { fragmentsOf } from "../document/fragments.ts";
import type { Variables } from "../document/operation.ts";
import { type Limits, tooComplex } from "../limits/limits.ts";
import type { Supergraph } from "../supergraph/supergraph.ts";
import { type ActualCost, actualCostOf } from "./actual-cost.ts";
import { type CostedOperation, costOperation, type PageArgument } from "./cost.ts";
import { readPolicyDirectives } from "./directives.ts";
import { MEASURED, measure } from "./measure.ts";
import { type IncomingOperation, refusalOf } from "./operation-checks.ts";
import { coercedVariables } from "./variables.ts";

/** The cost of an operation that was admitted. */
export interface OperationCost {
  readonly estimated: number;
  /** How often it tries a credential that is paid for however that ends. */
  readonly attempts: number;
  /** How often it tries one that is paid for only when it is refused. */
  readonly provable: number;
  actualOf(data: unknown): number;
}

export type Verdict =
  | { readonly kind: "refused"; readonly error: GraphQLError }
  | { readonly kind: "admitted"; readonly cost: OperationCost };

export interface Guard {
  /** The reason not even to validate a document, or null. */
  judgeDocument(document: DocumentNode): GraphQLError | null;
  /** Whether an operation of a valid document may run. */
  judgeOperation(incoming: IncomingOperation): Verdict;
}

interface Compiled extends CostedOperation {
  readonly actual: ActualCost;
  readonly attempts: number;
  readonly provable: number;
}

/** A guard of one generation of the graph. What it knows of a document lives as long as that. */
export function createGuard(
  supergraph: Pick<Supergraph, "apiSchema" | "fullSchema">,
  limits: Limits,
): Guard {
  const { apiSchema: schema } = supergraph;
  const marks = readPolicyDirectives(supergraph.fullSchema);
  const compiled = new WeakMap<OperationDefinitionNode, Compiled>();

  function compile(operation: OperationDefinitionNode, document: DocumentNode): Compiled {
    const known = compiled.get(operation);
    if (known) return known;
    const fragments = fragmentsOf(document);
    const alone = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] } as const;
    const triesOf = (credentials: ReadonlySet<string>) =>
      measure({ schema, credentials }, alone)[0]?.credentialMutations ?? 0;
    const provable = triesOf(marks.freeIfAccepted);
    const attempts = triesOf(marks.credentials) - provable;
    const compiling = { schema, marks, fragments };
    const costed = costOperation(compiling, operation);
    const made = { ...costed, actual: actualCostOf(compiling, operation), attempts, provable };
    compiled.set(operation, made);
    return made;
  }

  /** Throws when a variable leaves null, or nothing, where an argument must be. */
  function judgeCost(
    operation: OperationDefinitionNode,
    { pages, estimate, actual, attempts, provable }: Compiled,
    given: Variables,
  ): Verdict {
    const variables = coercedVariables(schema, operation, given);
    const estimated = estimate(variables);
    const beyond =
      refusalOfPages(pages, variables, limits) ??
      (estimated > limits.cost ? tooComplex("cost", estimated, limits.cost) : null);
    if (beyond) return { kind: "refused", error: beyond };
    const actualOf = (data: unknown) => actual(variables, data);
    return { kind: "admitted", cost: { estimated, attempts, provable, actualOf } };
  }

  return {
    judgeDocument(document) {
      for (const measures of measure({ schema, credentials: marks.credentials }, document)) {
        const beyond = MEASURED.find((name) => measures[name] > limits[name]);
        if (beyond) return tooComplex(beyond, measures[beyond], limits[beyond]);
      }
      return null;
    },
    judgeOperation(incoming) {
      const { document, operation } = incoming;
      const error = refusalOf(incoming, schema, limits);
      if (error) return { kind: "refused", error };
      invariant(operation, "an operation that is not there was not refused");
      try {
        return judgeCost(operation, compile(operation, document), incoming.variables);
      } catch (thrown) {
        if (!(thrown instanceof GraphQLError)) throw thrown;
        return { kind: "refused", error: fail("BAD_USER_INPUT", thrown.message) };
      }
    },
  };
}

const FREE: OperationCost = { estimated: 0, attempts: 0, provable: 0, actualOf: () => 0 };

/** A guard that refuses only what cannot run, whatever it would cost; no directive is read. */
export function createOpenGuard(
  { apiSchema }: Pick<Supergraph, "apiSchema">,
  limits: Pick<Limits, "validationErrors">,
): Guard {
  return {
    judgeDocument: () => null,
    judgeOperation(incoming) {
      const error = refusalOf(incoming, apiSchema, limits);
      return error ? { kind: "refused", error } : { kind: "admitted", cost: FREE };
    },
  };
}

/** In the words of the subgraphs, which hold pages to the same limit. */
function refusalOfPages(
  pages: readonly PageArgument[],
  variables: Variables,
  { pageItems }: Limits,
): GraphQLError | null {
  for (const { name: field, sizeOf } of pages) {
    const received = sizeOf(variables);
    if (received === null || (received >= 1 && received <= pageItems)) continue;
    const message = `must be between 1 and ${pageItems}, got ${received}`;
    const error = badInput([{ field, message, received }]);
    error.extensions.limit = "pageItems";
    return error;
  }
  return null;
}
