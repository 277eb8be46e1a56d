// The messages of graphql-transport-ws as text: what a client may say, and what it is told. What
// they lead to is protocol.ts' concern.
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

const SAID_BY_SERVERS = [MessageType.ConnectionAck, MessageType.Next, MessageType.Error];

/** What a frame says; null for what is no message, or one that only a server sends. */
export function readMessage(frame: string): ClientMessage | null {
  try {
    const message = validateMessage(withText(JSON.parse(frame)));
    return isClients(message) ? message : null;
  } catch {
    return null;
  }
}

function isClients(message: Message): message is ClientMessage {
  return !SAID_BY_SERVERS.includes(message.type);
}

/**
 * Lets clients ask for a document by its id alone: the protocol demands a text, so an empty one
 * stands in for it.
 */
function withText(message: unknown): unknown {
  if (!isObject(message) || !isObject(message.payload)) return message;
  const { payload } = message;
  const query = "";
  if ("query" in payload || !isPlaceholder(query, payload.extensions)) return message;
  return { ...message, payload: { ...payload, query } };
}

/** True for a text that only stands in for one. */
export function isPlaceholder(query: string, extensions: unknown): boolean {
  return query === "" && isObject(extensions) && Boolean(extensions.persistedQuery);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

export const CONNECTION_ACK = JSON.stringify({ type: MessageType.ConnectionAck });

/** Null for a payload that can be read, but is nested too deeply to be written again. */
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
 * What is before and behind the payload of a `next`, which many clients may have in common. It is
 * ASCII, whatever the id is, and one piece: a string that was added up is gone through in parts.
 */
export const beforePayload = (id: string) =>
  Buffer.from(
    `{"id":${JSON.stringify(id).replace(BEYOND_ASCII, escaped)},"type":"next","payload":`,
  ).toString("latin1");
export const BEHIND_PAYLOAD = "}";

const BEYOND_ASCII = /[\u0080-\uffff]/g;
const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** JSON as it stands in a frame. */
export function encoded(payload: ExecutionResult): Buffer {
  return Buffer.from(JSON.stringify(payload));
}

export function failed(id: string, payload: readonly GraphQLFormattedError[]): string {
  return JSON.stringify({ id, type: MessageType.Error, payload });
}

export function completed(id: string): string {
  return JSON.stringify({ id, type: MessageType.Complete });
}
