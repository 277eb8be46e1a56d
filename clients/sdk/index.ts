// The exports of @meetinity/client. The operations are in @meetinity/client/operations.
export { type Client, type ClientOptions, createClient } from "./client.ts";
export type { ConnectionState } from "./connection.ts";
export type { Conversation } from "./conversation.ts";
export type { ConversationState } from "./conversation-state.ts";
export { GraphError, NetworkError, type RawError, SocketClosedError } from "./errors.ts";
export type { Inbox, InboxState } from "./inbox.ts";
export type { InboxRow } from "./inbox-rows.ts";
export type { Observable } from "./observable.ts";
export type { Operation } from "./operation.ts";
export type { Outbox, OutgoingMessage } from "./outbox.ts";
export { type Clock, createLocalLock, type Fetch, type Lock } from "./platform.ts";
export type { StreamPosition } from "./positions.ts";
export type { Run, RunOptions } from "./requests.ts";
export type { Session, SessionState } from "./session.ts";
export type { StreamSink } from "./streams.ts";
export type { ConversationEvent, InboxEvent, Signal, Streams } from "./subscriptions.ts";
export { createMemoryStore, type TextStore } from "./text-store.ts";
export type { Message } from "./timeline.ts";
