// Where one member of a shared stream is, what it is told, and how it ends. By what rule it goes on
// is member.ts' concern.
import type { ExecutionResult, FormattedExecutionResult, GraphQLError } from "graphql";
import { clientError } from "../errors/errors.ts";
import type { UpstreamSubscription as Source, UpstreamSink } from "../upstream/subscriptions.ts";
import type { SharedFeed } from "./feed.ts";
import type { Retries } from "./retries.ts";
import * as outlets from "./send-queue.ts";
import { type ClientSink, tooSlow } from "./send-queue.ts";

export interface MemberOptions {
  /** Null for who is no person. */
  readonly viewerId: string | null;
  readonly traceId: string;
  /** Where the client began; nothing where that is only known with the first mark. */
  readonly position?: unknown;
  /** Opens the control stream: behind this position, or without one where the client asked. */
  openControl(position: number | undefined, sink: UpstreamSink): Source;
  /** The feed of all who were given this key; where there is none, one behind this position. */
  feedOf(shareKey: string, position: number): SharedFeed;
  /** Completes a replayed event. Never rejects. */
  complete(event: FormattedExecutionResult): Promise<ExecutionResult>;
  /** Tells the stream as an ordinary one, which is never shared; returns how to cancel it. */
  openOrdinary(listener: ClientSink): () => void;
  /** Calls back once, later, when the viewer is signed in no more; returns how to call that off. */
  whenOver(onOver: (reason: GraphQLError) => void): () => void;
  /** Runs once. */
  onEnd(): void;
}

/** "joining" is admitted, and the feed is not open yet. */
type State = "replaying" | "joining" | "live" | "over";

/** Where one member is. */
export interface Membership {
  // What every frame looks at comes first.
  state: State;
  /** Of the last frame that was delivered. */
  position: number | undefined;
  /** Behind it they may see nothing. */
  last: number | undefined;
  readonly outlet: outlets.SendQueue;
  readonly listener: ClientSink;
  readonly options: MemberOptions;
  readonly retries: Retries;
  /** Where the stream was when they were admitted: no entry up to there puts them out. */
  admittedAt: number;
  lastTimer: NodeJS.Timeout | undefined;
  control: Source | null;
  feed: SharedFeed | null;
  leave(): void;
  callOff(): void;
  cancelOrdinary(): void;
}

/** Leaves everything, and says nothing. */
export function close(member: Membership): void {
  member.state = "over";
  clearTimeout(member.lastTimer);
  member.retries.stop();
  member.callOff();
  member.control?.cancel();
  member.leave();
  member.options.onEnd();
}

/** Ends behind what was delivered. */
export function end(member: Membership, errors: readonly GraphQLError[] | null): void {
  if (member.state === "over") return;
  close(member);
  outlets.end(member.outlet, errors && told(member, errors));
}

/** Ends at once: what waits is not delivered. */
export function drop(member: Membership, errors: readonly GraphQLError[] | null): void {
  if (member.state === "over") return;
  close(member);
  outlets.drop(member.outlet, errors && told(member, errors));
}

function told({ options: { traceId } }: Membership, errors: readonly GraphQLError[]) {
  return errors.map((error) => clientError(error, traceId).toJSON());
}

/** Sends a payload that stands there; it may be their last, or one too many. */
export function deliver(
  member: Membership,
  position: number,
  payload: outlets.Payload,
  isLast: boolean,
  onSent?: () => void,
): void {
  member.position = position;
  if (!outlets.push(member.outlet, payload, isLast, onSent)) end(member, [tooSlow()]);
  else if (member.last !== undefined && position >= member.last) end(member, null);
}
