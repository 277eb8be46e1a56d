// The exports of @meetinity/client. The operations are in @meetinity/client/operations.
export { type Client, type ClientOptions, createClient } from "./client.ts";
export type { ConnectionState } from "./connection.ts";
export type { Conversation } from "./conversation.ts";
export type { ConversationState } from "./conversation-state.ts";
export type { Draft, Drafts } from "./drafts.ts";
export { GraphError, NetworkError, type RawError, SocketClosedError } from "./errors.ts";
export type { Inbox } from "./inbox.ts";
export type { InboxRow } from "./inbox-rows.ts";
export type { InboxState } from "./inbox-state.ts";
export type { Kept, KeptAnswer, KeptOptions, KeptStore, Seen } from "./kept.ts";
export { MailSignIn } from "./mail-sign-in.ts";
export { type Mentioned, withMentions } from "./mentions.ts";
export type { DeleteResult, EditResult, ReactResult } from "./message-changes.ts";
export type { Message, Quote } from "./messages.ts";
export type { NetworkState } from "./network.ts";
export { createObservable, type Observable } from "./observable.ts";
export type { Operation } from "./operation.ts";
export type { Outbox, OutgoingMessage } from "./outbox.ts";
export type { OutgoingReply } from "./outgoing.ts";
export type { Attachment, OutgoingFile } from "./outgoing-files.ts";
export {
  type Channel,
  type Clock,
  createLocalLock,
  type Fetch,
  type Lock,
  type OpenChannel,
} from "./platform.ts";
export type { StreamPosition } from "./positions.ts";
export type {
  Reauthenticate,
  ReauthenticationNeeded,
  Run,
  RunOptions,
} from "./requests.ts";
export { resetPassword } from "./reset-password.ts";
export type { Session } from "./session.ts";
export type { SessionState } from "./session-state.ts";
export type { StreamSink } from "./streams.ts";
export type {
  ConversationEvent,
  InboxEvent,
  NewMatch,
  NotificationUpdate,
  Signal,
  Streams,
} from "./subscriptions.ts";
export {
  createMemoryStore,
  createWebStore,
  type TextStore,
  type WebStorage,
} from "./text-store.ts";
export type { Thread, ThreadState } from "./thread.ts";
export { isThreadUnread } from "./thread-marks.ts";
