// The messages of graphql-transport-ws as text: reads those of clients, writes those of the server.
// protocol.ts and operations.ts act on them.
import type { ExecutionResult, GraphQLFormattedError } from "graphql";
import {
  type CompleteMessage,
  type ConnectionInitMessage,
  type Message,
  MessageType,
  type PingMessage,
  type PongMessage,
  type SubscribeMessage,
  validateMessage,
} from "graphql-ws";

export type ClientMessage =
  | ConnectionInitMessage
  | PingMessage
  | PongMessage
  | SubscribeMessage
  | CompleteMessage;

const SERVER_MESSAGES = [MessageType.ConnectionAck, MessageType.Next, MessageType.Error];

/** The message in a frame; null for no message, or one that only a server may send. */
export function readMessage(frame: string): ClientMessage | null {
  try {
    const message = validateMessage(withQuery(JSON.parse(frame)));
    return isClientMessage(message) ? message : null;
  } catch {
    return null;
  }
}

function isClientMessage(message: Message): message is ClientMessage {
  return !SERVER_MESSAGES.includes(message.type);
}

/**
 * A client may name a persisted query by its id alone. The protocol demands a `query`, so an empty
 * one is the placeholder.
 */
function withQuery(message: unknown): unknown {
  if (!isObject(message) || !isObject(message.payload)) return message;
  const { payload } = message;
  const query = "";
  if ("query" in payload || !isPlaceholder(query, payload.extensions)) return message;
  return { ...message, payload: { ...payload, query } };
}

/** True for the empty query of an operation that names a persisted query. */
export function isPlaceholder(query: string, extensions: unknown): boolean {
  return query === "" && isObject(extensions) && Boolean(extensions.persistedQuery);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

export const CONNECTION_ACK = JSON.stringify({ type: MessageType.ConnectionAck });

/** Null for a payload that was parsed, but is nested too deeply to be serialised again. */
export function pongTo({ payload }: PingMessage): string | null {
  try {
    return JSON.stringify({ type: MessageType.Pong, ...(payload && { payload }) });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

export function next(id: string, payload: ExecutionResult): string {
  return JSON.stringify({ id, type: MessageType.Next, payload });
}

/**
 * The text of a `next` before its payload. Payloads are shared by many clients, so a frame is
 * written in parts. It is ASCII whatever the id is, and a flat string: concatenated strings are
 * slower to write.
 */
export const beforePayload = (id: string) =>
  Buffer.from(
    `{"id":${JSON.stringify(id).replace(BEYOND_ASCII, escaped)},"type":"next","payload":`,
  ).toString("latin1");
export const BEHIND_PAYLOAD = "}";

const BEYOND_ASCII = /[\u0080-\uffff]/g;
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A payload as the JSON of a frame. */
export function encoded(payload: ExecutionResult): Buffer {
  return Buffer.from(JSON.stringify(payload));
}

export function failed(id: string, payload: readonly GraphQLFormattedError[]): string {
  return JSON.stringify({ id, type: MessageType.Error, payload });
}

export function completed(id: string): string {
  return JSON.stringify({ id, type: MessageType.Complete });
}
