// Refuses operations of both transports that are beyond a limit: by the document before it is
// validated, and by variables, page sizes and cost before it runs.
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

/** The cost of an accepted operation. */
export interface OperationCost {
  readonly estimated: number;
  /** Its attempts with a credential that are charged in any case. */
  readonly attempts: number;
  /** Its attempts with a credential that are charged only if the credential is refused. */
  readonly attemptsIfRefused: number;
  actualOf(data: unknown): number;
}

export type Verdict =
  | { readonly kind: "refused"; readonly error: GraphQLError }
  | { readonly kind: "accepted"; readonly cost: OperationCost };

export interface Guard {
  /** The error for a document that must not even be validated; null if it may. */
  judgeDocument(document: DocumentNode): GraphQLError | null;
  judgeOperation(incoming: IncomingOperation): Verdict;
}

interface Compiled extends CostedOperation {
  readonly actual: ActualCost;
  readonly attempts: number;
  readonly attemptsIfRefused: number;
}

/** The guard of one supergraph. It compiles an operation once. */
export function createGuard(
  supergraph: Pick<Supergraph, "apiSchema" | "fullSchema">,
  limits: Limits,
): Guard {
  const { apiSchema: schema } = supergraph;
  const directives = readPolicyDirectives(supergraph.fullSchema);
  const compiled = new WeakMap<OperationDefinitionNode, Compiled>();

  function compile(operation: OperationDefinitionNode, document: DocumentNode): Compiled {
    const known = compiled.get(operation);
    if (known) return known;
    const fragments = fragmentsOf(document);
    const alone = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] } as const;
    const countAttempts = (credentials: ReadonlySet<string>) =>
      measure({ schema, credentials }, alone)[0]?.credentialMutations ?? 0;
    const attemptsIfRefused = countAttempts(directives.freeIfAccepted);
    const attempts = countAttempts(directives.credentials) - attemptsIfRefused;
    const costOptions = { schema, directives, fragments };
    const costed = costOperation(costOptions, operation);
    const actual = actualCostOf(costOptions, operation);
    const made = { ...costed, actual, attempts, attemptsIfRefused };
    compiled.set(operation, made);
    return made;
  }

  /** Throws a `GraphQLError` if a variable leaves a required argument without a value. */
  function judgeCost(
    operation: OperationDefinitionNode,
    { pages, estimate, actual, attempts, attemptsIfRefused }: Compiled,
    given: Variables,
  ): Verdict {
    const variables = coercedVariables(schema, operation, given);
    const estimated = estimate(variables);
    const refusal =
      refusalOfPages(pages, variables, limits) ??
      (estimated > limits.cost ? tooComplex("cost", estimated, limits.cost) : null);
    if (refusal) return { kind: "refused", error: refusal };
    const actualOf = (data: unknown) => actual(variables, data);
    return { kind: "accepted", cost: { estimated, attempts, attemptsIfRefused, actualOf } };
  }

  return {
    judgeDocument(document) {
      for (const measures of measure({ schema, credentials: directives.credentials }, document)) {
        const beyond = MEASURED.find((name) => measures[name] > limits[name]);
        if (beyond) return tooComplex(beyond, measures[beyond], limits[beyond]);
      }
      return null;
    },
    judgeOperation(incoming) {
      const { document, operation } = incoming;
      const error = refusalOf(incoming, schema, limits);
      if (error) return { kind: "refused", error };
      invariant(operation, "a missing operation was not refused");
      try {
        return judgeCost(operation, compile(operation, document), incoming.variables);
      } catch (thrown) {
        if (!(thrown instanceof GraphQLError)) throw thrown;
        return { kind: "refused", error: fail("BAD_USER_INPUT", thrown.message) };
      }
    },
  };
}

const FREE: OperationCost = { estimated: 0, attempts: 0, attemptsIfRefused: 0, actualOf: () => 0 };

/** A guard without limits, for `--open`: it refuses only operations that cannot run. */
export function createOpenGuard(
  { apiSchema }: Pick<Supergraph, "apiSchema">,
  limits: Pick<Limits, "validationErrors">,
): Guard {
  return {
    judgeDocument: () => null,
    judgeOperation(incoming) {
      const error = refusalOf(incoming, apiSchema, limits);
      return error ? { kind: "refused", error } : { kind: "accepted", cost: FREE };
    },
  };
}

/** With the message of the subgraphs, which have the same limit. */
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
