// Plans a subscription: where its events come from, how an event becomes the answer to the client's
// document, and which clients may share it. subscriptions/ opens it.
import { createHash } from "node:crypto";
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  type GraphQLSchema,
  print,
  type VariableNode,
  visit,
} from "graphql";
import { invariant } from "#kit/invariant";
import type { Span } from "#kit/telemetry/spans";
import { AUDIENCE, type Identity } from "#kit/trust/identity";
import { fragmentsOf } from "../document/fragments.ts";
import type { Variables } from "../document/operation.ts";
import { asGraphQLError, clientError, fromFormatted, logErrors } from "../errors/errors.ts";
import type { AcceptedOperation } from "../policy/authorization.ts";
import { isData } from "./data.ts";
import {
  type ExecutorOptions,
  execute,
  type InitialData,
  type OperationCaller,
  type PermittedPlan,
} from "./execute.ts";
import type { Resumable } from "./resuming.ts";
import { rewrite } from "./rewrites.ts";

/** A running subscription. It keeps the plan of the generation in which it began. */
export interface RunningOperation extends Pick<AcceptedOperation, "variables"> {
  /** The schema for clients when it was planned. */
  readonly schema: GraphQLSchema;
  /** The client's document. */
  readonly document: DocumentNode;
  /** The part of it that was authorized, maybe all of it. */
  readonly permitted: Pick<AcceptedOperation, "document" | "operation">;
  /** The names of the subgraphs that it uses. */
  readonly subgraphs: readonly string[];
  /** The identities that it runs with. */
  readonly identities: readonly Identity[];
}

/** A subscription that has passed all checks and may be opened. */
export interface PlannedSubscription {
  /** The operation that must stay valid while it runs. */
  readonly running: RunningOperation;
  /** The field that it selects, by its name in the schema. */
  readonly field: string;
  /** The subgraph of its events. */
  readonly subgraph: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /**
   * The variables of `query` to resume behind `position`. Without one, the client's position
   * counts. Null is the head of the stream. Ignored if the subscription is not resumable.
   */
  variablesFor(position?: unknown): Variables;
  /** True if the field has `@resumable`. */
  readonly isResumable: boolean;
  /** The position that the client gave; undefined without one, or if not resumable. */
  readonly position: unknown;
  /** The position of an event; undefined if not resumable. */
  positionOf(event: FormattedExecutionResult): unknown;
  /**
   * Makes the answer to the client's document from an event of the subgraph. Never rejects. It
   * changes the event. Its fetches are children of `span`.
   */
  complete(event: FormattedExecutionResult, span: Span | null): Promise<ExecutionResult>;
  /** Null if the subscription serves one viewer alone. */
  readonly sharing: Sharing | null;
}

/** How one upstream subscription serves many viewers. */
export interface Sharing {
  /** Subscriptions with equal keys get equal answers to equal events. */
  readonly key: string;
  /** {@link PlannedSubscription.complete} for all of them, as the audience. */
  complete(event: FormattedExecutionResult, span: Span | null): Promise<ExecutionResult>;
}

interface Options extends ExecutorOptions {
  /** Different for each generation of the graph. */
  readonly generation: string;
}

/** Plans the permitted part of an accepted operation. It keeps nothing else of the request. */
export function planSubscription(
  options: Options,
  permitted: PermittedPlan,
  { document, variables, identity }: AcceptedOperation,
  traceId: string,
): PlannedSubscription {
  const { primary, resumable } = permitted.plan;
  invariant(primary, "a subscription has no source");
  const known = Object.fromEntries(
    primary.variables.flatMap(({ name, source }) =>
      Object.hasOwn(variables, source) ? [[name, variables[source]]] : [],
    ),
  );
  const { document: own, definition } = permitted.plan.operation;
  const sharing = sharingOf(options, permitted, document, traceId);
  const position = resumable?.positionIn(variables);
  return {
    running: {
      schema: options.supergraph.apiSchema,
      document,
      permitted: { document: own, operation: definition },
      variables,
      subgraphs: permitted.plan.subgraphs,
      identities: sharing ? [identity, AUDIENCE] : [identity],
    },
    field: permitted.plan.rootField,
    subgraph: primary.subgraph,
    query: primary.query,
    operationName: primary.operationName,
    variablesFor: (behind = position ?? null) =>
      resumable ? { ...known, [resumable.variable]: behind } : known,
    isResumable: resumable !== null,
    position,
    positionOf({ data }) {
      const root = primary.rootNames[0] === undefined ? null : data?.[primary.rootNames[0]];
      return resumable && isData(root) ? root[resumable.positionName] : undefined;
    },
    complete: (event, span) => complete(options, permitted, { identity, traceId, span }, event),
    sharing,
  };
}

/**
 * Null unless both the audience and this viewer may read the whole document. For a viewer who may
 * not, the errors in an answer depend on parts of the document that were removed.
 */
function sharingOf(
  options: Options,
  permitted: PermittedPlan,
  document: DocumentNode,
  traceId: string,
): Sharing | null {
  const { resumable, operation } = permitted.plan;
  if (!resumable?.directives.isShared || operation.document !== document) return null;
  const shared = sharedDocumentOf(options, permitted, resumable);
  if (!shared.isForAudience) return null;
  return {
    key: keyOf(shared, permitted.variables),
    complete: (event, span) =>
      complete(options, permitted, { identity: AUDIENCE, traceId, span }, event),
  };
}

/** The document and the variables, without the position. */
function keyOf({ hash, variableNames }: SharedDocument, variables: Variables): string {
  // An absent variable has its default, and null does not: they must give different keys.
  const given = variableNames.flatMap((name) =>
    Object.hasOwn(variables, name) ? [[name, variables[name]]] : [],
  );
  return `${hash} ${JSON.stringify(given)}`;
}

/** Facts about a document that do not depend on the viewer. */
interface SharedDocument {
  /** Of the text without the operation's name, and of the generation. */
  readonly hash: string;
  /** The variables that it uses, without the position. */
  readonly variableNames: readonly string[];
  /** True if the audience may read all of it. */
  readonly isForAudience: boolean;
}

const sharedDocuments = new WeakMap<Resumable, SharedDocument>();

function sharedDocumentOf(
  options: Options,
  permitted: PermittedPlan,
  resumable: Resumable,
): SharedDocument {
  const known = sharedDocuments.get(resumable);
  if (known) return known;
  const { document, definition } = resumable.operation;
  const fragments = [...fragmentsOf(document).values()];
  const { variableDefinitions = [], name: _, ...nameless } = definition;
  const used = new Set<string>();
  const collect = { Variable: ({ name }: VariableNode) => void used.add(name.value) };
  for (const each of [definition.selectionSet, ...fragments]) visit(each, collect);
  used.delete(resumable.variable);
  const declared = variableDefinitions.filter(({ variable }) => used.has(variable.name.value));
  const operation = { ...nameless, variableDefinitions: declared };
  const text = [operation, ...fragments].map(print).join(" ");
  const hash = createHash("sha256").update(`${options.generation} ${text}`).digest("base64url");
  const isForAudience = mayAudienceRead(options, permitted);
  const shared = { hash, variableNames: [...used], isForAudience };
  sharedDocuments.set(resumable, shared);
  return shared;
}

/** The same for all values of the variables. */
function mayAudienceRead({ authorize }: Options, { plan, variables }: PermittedPlan): boolean {
  const { document, definition: operation } = plan.operation;
  return authorize({ document, operation, variables, identity: AUDIENCE }).kind === "granted";
}

async function complete(
  options: Options,
  permitted: PermittedPlan,
  caller: Omit<OperationCaller, "startedAt">,
  event: FormattedExecutionResult,
): Promise<ExecutionResult> {
  const { traceId } = caller;
  // Each event has a deadline of its own.
  const begun = { ...caller, startedAt: Date.now() };
  const result = await executeEvent(options, permitted, begun, event).catch((error: unknown) => ({
    data: null,
    errors: [asGraphQLError(error)],
  }));
  if (!result.errors) return result;
  const operationName = permitted.plan.operation.definition.name?.value;
  logErrors(options.log, result.errors, { traceId, operationName });
  return { ...result, errors: result.errors.map((error) => clientError(error, traceId)) };
}

function executeEvent(
  options: Options,
  permitted: PermittedPlan,
  caller: OperationCaller,
  event: FormattedExecutionResult,
): Promise<ExecutionResult> {
  const data = event.data ?? {};
  rewrite(data, permitted.plan.primary?.outputRewrites ?? []);
  const initial: InitialData = { data, errors: fromFormatted(event.errors ?? []) };
  return execute(options, permitted, caller, initial);
}
