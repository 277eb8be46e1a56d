// Opens one subscription in the mode that its router asked for, and executes its events. The caller
// has verified the identity and validated the operation.
import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { fail, maskError } from "#kit/errors";
import { invariant } from "#kit/invariant";
import { traceOfEvent } from "#kit/live/event-traces";
import { storedAtOf } from "#kit/live/events";
import { mapIterator } from "#kit/live/iterators";
import { controlFrames, unshared } from "#kit/live/shared/control";
import { feedFrames } from "#kit/live/shared/feed";
import type { LiveDirectives } from "#kit/live/shared/live-directives";
import type { LiveMode } from "#kit/live/shared/live-modes";
import type { BeginPage } from "#kit/live/shared/pages";
import { shareableOf } from "#kit/live/shared/sharing";
import type { Window } from "#kit/live/windows";
import { isOutage } from "#kit/outage";
import { reportError } from "#kit/service/logger";
import type { RequestContext } from "#kit/service/request";
import { traceparentOf } from "#kit/service/trace";
import { inScope, statementsSoFar } from "#kit/telemetry/scope";
import type { Span } from "#kit/telemetry/spans";
import { continueKept, inSpan } from "#kit/telemetry/traced";

export interface SubscriptionArgs extends ExecutionArgs {
  readonly request: RequestContext;
  readonly operation: OperationDefinitionNode;
  /** Null opens an ordinary stream. */
  readonly mode: LiveMode | null;
  readonly window?: Window | null;
}

type Frames = AsyncIterableIterator<ExecutionResult>;

/** Opens subscriptions of one schema. */
export function createSubscribe(
  directivesByField: ReadonlyMap<string, LiveDirectives>,
  createContext: (request: RequestContext) => RequestContext,
): (args: SubscriptionArgs) => Promise<Frames> {
  return async (args) => {
    const { mode, window, request } = args;
    const execution: Execution = { args, contextFor: () => createContext(request) };
    if (mode === null) {
      const events = await openEvents(execution);
      return mapIterator(window?.pace(events) ?? events, async (event) => {
        const context = execution.contextFor();
        const result = await executeEvent(execution, context, event, traceOfEvent(event));
        const storedAt = window ? storedAtOf(event) : undefined;
        if (storedAt === undefined) return result;
        return { ...result, extensions: { ...result.extensions, live: { storedAt } } };
      });
    }
    const field = rootFieldOf(args.document, args.operation.selectionSet);
    const directives = directivesByField.get(field);
    const frames = directives?.isShared
      ? await openShared(execution, mode, field, directives)
      : unsharedFor(mode, field);
    return window?.pace(frames) ?? frames;
  };
}

interface Execution {
  readonly args: SubscriptionArgs;
  /** Events that are executed together share a context, and so loaders; later ones read anew. */
  contextFor(): RequestContext;
}

async function openEvents({ args, contextFor }: Execution): Promise<AsyncIterator<unknown>> {
  const source = await createSourceEventStream({ ...args, contextValue: contextFor() });
  if (Symbol.asyncIterator in source) return source[Symbol.asyncIterator]();
  throw source.errors?.[0] ?? new Error("the stream did not open");
}

async function openShared(
  execution: Execution,
  mode: LiveMode,
  field: string,
  directives: LiveDirectives,
): Promise<Frames> {
  const { window } = execution.args;
  const events = await openEvents(execution);
  const shareable = shareableOf(events);
  invariant(shareable, "a subscription marked @shared must return shareableEvents()", { field });
  const beginPage: BeginPage = () => {
    const context = execution.contextFor();
    return (event, facts, trace = null) => {
      const live = { ...positionsOf(event, field, directives), ...facts };
      const executed = executeEvent(execution, context, event, trace).then((result) => ({
        ...result,
        extensions: { ...result.extensions, live },
      }));
      // A failure surfaces when this event of the page is read.
      executed.catch(() => {});
      return executed;
    };
  };
  const reply = async () => window?.reply() ?? "taken";
  if (mode.mode !== "feed") return controlFrames(shareable, beginPage, reply);
  if (shareable.watched.shareKey === mode.shareKey) return feedFrames(shareable, beginPage);
  await events.return?.();
  throw fail("FORBIDDEN", "The shareKey is not that of these arguments.");
}

function unsharedFor({ mode }: LiveMode, field: string): Frames {
  if (mode === "feed") throw fail("FORBIDDEN", `${field} is not shared, so it has no feed.`);
  return unshared();
}

/** The position of an event and the one before, by `@resumable`. */
function positionsOf(event: unknown, field: string, directives: LiveDirectives) {
  const fields = (event as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[field];
  return { position: fields?.[directives.position], previous: fields?.[directives.previous] };
}

/**
 * Executes the selection for one event, and logs at debug how many SQL statements that took. Where
 * the trace of its entry is followed, the router continues it by the `traceparent` of the result.
 */
function executeEvent(
  { args }: Execution,
  contextValue: RequestContext,
  rootValue: unknown,
  trace: string | null,
): Promise<ExecutionResult> {
  const { log, traceId } = args.request;
  const span = trace === null ? null : beginEvent(args, trace);
  if (!span && !log.isLevelEnabled("debug")) {
    return executeSelection(args, contextValue, rootValue);
  }
  return inScope(span, () =>
    inSpan(span, async () => {
      const result = await executeSelection(args, contextValue, rootValue);
      const facts = { operationName: args.operationName, statements: statementsSoFar() };
      log.debug({ traceId, ...facts }, "executed an event");
      if (!span) return result;
      const traceparent = traceparentOf(span.traceId, span);
      return { ...result, extensions: { ...result.extensions, traceparent } };
    }),
  );
}

function beginEvent({ document, operation }: SubscriptionArgs, trace: string): Span | null {
  const field = rootFieldOf(document, operation.selectionSet);
  return continueKept(`event ${field}`, trace, { kind: "consumer" });
}

/**
 * An outage ends the stream before the event: a client that resumes gets it again, whole. Sent with
 * nulls, it would count as received.
 */
async function executeSelection(
  args: SubscriptionArgs,
  contextValue: RequestContext,
  rootValue: unknown,
): Promise<ExecutionResult> {
  const result = await execute({ ...args, rootValue, contextValue });
  if (!result.errors) return result;
  const outage = result.errors.find(isOutage);
  if (outage) throw outage;
  const { log, traceId } = args.request;
  for (const error of result.errors) reportError(log, error, { traceId });
  return { ...result, errors: result.errors.map((error) => maskError(error, traceId)) };
}

/** The name of the one field that a valid subscription selects, also inside a fragment. */
function rootFieldOf(document: DocumentNode, { selections }: SelectionSetNode): string {
  const [first] = selections;
  invariant(first, "a valid operation selects something");
  if (first.kind === Kind.FIELD) return first.name.value;
  if (first.kind === Kind.INLINE_FRAGMENT) return rootFieldOf(document, first.selectionSet);
  const fragment = document.definitions.find(
    (node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === first.name.value,
  );
  invariant(fragment && "selectionSet" in fragment, "a valid operation knows its fragments");
  return rootFieldOf(document, fragment.selectionSet as SelectionSetNode);
}
