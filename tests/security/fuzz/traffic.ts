// The mix of probes: their kinds, shares, people and transports. It sends nothing.
import { randomUUID } from "node:crypto";
import fc, { type Arbitrary } from "fast-check";
import { type GraphQLSchema, OperationTypeNode } from "graphql";
import { misfits, oddBodies, withChangedTokens } from "./damage.ts";
import { introspections, operationsOf } from "./documents.ts";
import type { Document } from "./printing.ts";
import { valuesFor } from "./values.ts";

export type Transport = "http" | "socket";

/** One operation to send. */
export interface Probe {
  readonly transport: Transport;
  /** The name of the person. */
  readonly as: string;
  /** A subscription is cancelled after its first frame. */
  readonly isSubscription: boolean;
  /** The HTTP body, or the payload of a `subscribe` frame. */
  readonly body: string;
  /** The trace id, by which log lines are found. */
  readonly trace: string;
}

const TRACE_DIGITS = 32;

/** The beginning of all trace ids of a run. */
export const TRACE_PREFIX = randomUUID().slice(0, 8);

let lastTrace = 0;

function nextTrace(): string {
  lastTrace += 1;
  return TRACE_PREFIX + lastTrace.toString(16).padStart(TRACE_DIGITS - TRACE_PREFIX.length, "0");
}

/** The limit of frames. Larger probes go over HTTP. */
const FRAME_BYTES = 60 * 1024;

/** Probes of these people, with ids from `ids`. Probes of one document are together. */
export function probesOf(
  schema: GraphQLSchema,
  people: readonly string[],
  ids: readonly string[],
): Arbitrary<readonly Probe[]> {
  const inputOf = valuesFor(ids);
  const queries = operationsOf(schema, OperationTypeNode.QUERY, inputOf);
  const mutations = operationsOf(schema, OperationTypeNode.MUTATION, inputOf);
  const subscriptions = operationsOf(schema, OperationTypeNode.SUBSCRIPTION, inputOf);
  const any = fc.oneof(queries, mutations, subscriptions);
  const as = fc.constantFrom(...people);
  const sender = fc.record({ as, transport: fc.constantFrom<Transport>("http", "socket") });
  const over = (documents: Arbitrary<Document>) =>
    fc
      .tuple(documents, fc.infiniteStream(sender))
      .map(([document, senders]) => probesFor(document, senders));
  const bodies = fc
    .tuple(oddBodies, as)
    .map(([body, who]) => [probeOf({ as: who, transport: "http" }, body)]);
  return fc.oneof(
    { arbitrary: over(queries), weight: 24 },
    { arbitrary: over(mutations), weight: 18 },
    { arbitrary: over(subscriptions), weight: 10 },
    { arbitrary: over(introspections(schema)), weight: 4 },
    { arbitrary: over(withChangedTokens(any)), weight: 24 },
    { arbitrary: over(misfits), weight: 10 },
    { arbitrary: bodies, weight: 10 },
  );
}

interface Sender {
  readonly as: string;
  readonly transport: Transport;
}

function probesFor({ query, variables }: Document, senders: Iterator<Sender>): Probe[] {
  return variables.map((set) => {
    const sender: Sender = senders.next().value;
    const body = JSON.stringify({ query, variables: set });
    const isFrame = Buffer.byteLength(body) < FRAME_BYTES && query !== "";
    const transport = isFrame ? sender.transport : "http";
    return { ...probeOf({ ...sender, transport }, body), isSubscription: isStream(query) };
  });
}

function probeOf(sender: Sender, body: string): Probe {
  return { ...sender, isSubscription: false, body, trace: nextTrace() };
}

function isStream(query: string): boolean {
  return query.includes("subscription");
}
