// How a subscription is run: where its events come from, how one of them becomes the answer to the
// client's document, and with whom all of that may be shared. It opens nothing.
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
import { AUDIENCE, type Identity } from "#kit/trust/identity";
import { fragmentsOf } from "../document/fragments.ts";
import type { Variables } from "../document/operation.ts";
import { asGraphQLError, clientError, fromFormatted, logErrors } from "../errors/errors.ts";
import type { AdmittedOperation } from "../policy/authorization.ts";
import { isData } from "./data.ts";
import {
  type Asker,
  type Begun,
  type ExecutorOptions,
  execute,
  type Permitted,
} from "./execute.ts";
import type { Resumable } from "./resuming.ts";
import { rewrite } from "./rewrites.ts";

/** An operation that goes on by what was planned when it began. */
export interface RunningOperation extends Pick<AdmittedOperation, "variables"> {
  /** What clients saw when it was planned. */
  readonly schema: GraphQLSchema;
  /** What its client wants. */
  readonly document: DocumentNode;
  /** What is asked for: all of that, or the part that was not denied. */
  readonly permitted: Pick<AdmittedOperation, "document" | "operation">;
  /** The subgraphs that are asked. */
  readonly subgraphs: readonly string[];
  /** As whom it is asked for. */
  readonly identities: readonly Identity[];
}

/** A subscription that passed every check and may be opened. */
export interface PlannedSubscription {
  /** What must stay permitted for as long as it runs. */
  readonly running: RunningOperation;
  /** Where its events come from. */
  readonly subgraph: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /**
   * The variables of `query`: to go on behind `position`, or without one as the client asked; null
   * is the end of the stream. It makes no difference for what cannot be resumed.
   */
  variablesFor(position?: unknown): Variables;
  /** True where an argument says where to go on. */
  readonly isResumable: boolean;
  /** Where the client asked to go on; undefined where it did not, or where nobody can. */
  readonly position: unknown;
  /** Where an event stands, if that can be resumed behind it. */
  positionOf(event: FormattedExecutionResult): unknown;
  /**
   * Turns an event of the subgraph into the answer to the client's document. Never rejects; the
   * event is used up by it.
   */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
  /** Null for what is one viewer's own. */
  readonly sharing: Sharing | null;
}

/** How all who may watch the same are served at once. */
export interface Sharing {
  /** Equal for those who get equal answers to equal events. */
  readonly key: string;
  /** {@link PlannedSubscription.complete} for all of them, as an audience that is nobody. */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
}

interface Options extends ExecutorOptions {
  /** Tells the plans of one graph from those of another. */
  readonly generation: string;
}

/**
 * Plans what was `asked`, of which this is `permitted`. A subscription is held for as long as its
 * client likes: it keeps nothing else of the request.
 */
export function planSubscription(
  options: Options,
  permitted: Permitted,
  { document, variables, identity }: AdmittedOperation,
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
    subgraph: primary.subgraph,
    query: primary.query,
    operationName: primary.operationName,
    variablesFor: (behind = position ?? null) =>
      resumable ? { ...known, [resumable.variable]: behind } : known,
    isResumable: resumable !== null,
    position,
    positionOf({ data }) {
      const root = primary.rootNames[0] === undefined ? null : data?.[primary.rootNames[0]];
      return resumable && isData(root) ? root[resumable.told] : undefined;
    },
    complete: (event) => complete(options, permitted, { identity, traceId }, event),
    sharing,
  };
}

/**
 * Only what all who watch may have from an audience that is nobody is shared, and only with those
 * who were permitted all of what they asked for: what others are told in place of the rest depends
 * on words and variables that were taken out with it.
 */
function sharingOf(
  options: Options,
  permitted: Permitted,
  asked: DocumentNode,
  traceId: string,
): Sharing | null {
  const { resumable, operation } = permitted.plan;
  if (!resumable?.mark.isShared || operation.document !== asked) return null;
  const words = wordsOf(options, permitted, resumable);
  if (!words.isForAll) return null;
  return {
    key: keyOf(words, permitted.variables),
    complete: (event) => complete(options, permitted, { identity: AUDIENCE, traceId }, event),
  };
}

/** What was asked for, and with what, but for names that mean nothing and the position. */
function keyOf({ hash, names }: Words, variables: Variables): string {
  // A variable that is not given has its default, and one that is null has none.
  const given = names.flatMap((name) =>
    Object.hasOwn(variables, name) ? [[name, variables[name]]] : [],
  );
  return `${hash} ${JSON.stringify(given)}`;
}

/** What a document asks for, whoever asks. */
interface Words {
  /** Of its text and the graph's generation. */
  readonly hash: string;
  /** The variables in it, but for the position. */
  readonly names: readonly string[];
  /** True when the audience may have all of it. */
  readonly isForAll: boolean;
}

const words = new WeakMap<Resumable, Words>();

function wordsOf(options: Options, permitted: Permitted, resumable: Resumable): Words {
  const known = words.get(resumable);
  if (known) return known;
  const { document, definition } = resumable.operation;
  const fragments = [...fragmentsOf(document).values()];
  const { variableDefinitions = [], name: _, ...nameless } = definition;
  const used = new Set<string>();
  const collect = { Variable: ({ name }: VariableNode) => void used.add(name.value) };
  for (const each of [definition.selectionSet, ...fragments]) visit(each, collect);
  used.delete(resumable.variable);
  const declared = variableDefinitions.filter(({ variable }) => used.has(variable.name.value));
  const asked = { ...nameless, variableDefinitions: declared };
  const text = [asked, ...fragments].map(print).join(" ");
  const hash = createHash("sha256").update(`${options.generation} ${text}`).digest("base64url");
  const made = { hash, names: [...used], isForAll: isForAll(options, permitted) };
  words.set(resumable, made);
  return made;
}
/** Nothing has to be taken out for the audience, whatever the variables are. */
function isForAll({ authorize }: Options, { plan, variables }: Permitted): boolean {
  const { document, definition: operation } = plan.operation;
  return authorize({ document, operation, variables, identity: AUDIENCE }).kind === "granted";
}

async function complete(
  options: Options,
  permitted: Permitted,
  whose: Omit<Asker, "startedAt">,
  event: FormattedExecutionResult,
): Promise<ExecutionResult> {
  const { traceId } = whose;
  // Each event has a deadline of its own.
  const asker = { ...whose, startedAt: Date.now() };
  const result = await executeEvent(options, permitted, asker, event).catch((error: unknown) => ({
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
  permitted: Permitted,
  asker: Asker,
  event: FormattedExecutionResult,
): Promise<ExecutionResult> {
  const data = event.data ?? {};
  rewrite(data, permitted.plan.primary?.outputRewrites ?? []);
  const begun: Begun = { data, errors: fromFormatted(event.errors ?? []) };
  return execute(options, permitted, asker, begun);
}
