// The viewer's changes of messages: an edit, a deletion or a reaction shows at once, and is taken
// back when the server refuses it.
import {
  AddReaction,
  type AddReactionMutation,
  DeleteMessage,
  type DeleteMessageMutation,
  EditMessage,
  type EditMessageMutation,
  RemoveReaction,
  type RemoveReactionMutation,
} from "./generated/operations.ts";
import { type Mentioned, mentionInput, NOBODY, withMentions } from "./mentions.ts";
import type { Message } from "./messages.ts";
import type { Run } from "./requests.ts";
import type { ConversationEvent } from "./subscriptions.ts";
import type { MessageText } from "./timeline.ts";

export type EditResult = EditMessageMutation["editMessage"];
export type DeleteResult = DeleteMessageMutation["deleteMessage"];
export type ReactResult =
  | AddReactionMutation["addReaction"]
  | RemoveReactionMutation["removeReaction"];

type Change = { readonly messageId: string } & (
  | { readonly kind: "edit"; readonly body: string; readonly mentioned: Mentioned }
  | { readonly kind: "delete" }
  | Reaction
);

interface Reaction {
  readonly kind: "react";
  readonly emoji: string;
  readonly isAdded: boolean;
}

interface Entry {
  readonly change: Change;
  /** `accepted`: a reaction that the server has, and whose event has not come yet. */
  status: "waiting" | "sent" | "accepted";
  /** The event of the reaction came before the answer. */
  hasEvent: boolean;
}

export interface MessageChangesOptions {
  readonly run: Run;
  /** The messages as the server has them, as far as they are here. */
  readonly messages: () => readonly Message[];
  /** Is called after every change of what `applied` returns. */
  readonly onChange: () => void;
  /** Takes over a text that the server has accepted. */
  readonly onText: (text: MessageText) => void;
}

/** The changes of one conversation, those of one message one after the other. */
export class MessageChanges {
  readonly #options: MessageChangesOptions;
  #entries: readonly Entry[] = [];
  /** The last request of each message. */
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(options: MessageChangesOptions) {
    this.#options = options;
  }

  edit(
    messageId: string,
    body: string,
    expectedVersion?: number,
    mentioned: Mentioned = NOBODY,
  ): Promise<EditResult> {
    return this.#perform({ kind: "edit", messageId, body, mentioned }, async (run, entry) => {
      const seen = expectedVersion === undefined ? {} : { expectedVersion };
      const input = { messageId, body, ...seen, ...mentionInput(mentioned) };
      const { editMessage } = await run(EditMessage, { input });
      const { __typename: kind } = editMessage;
      if (kind === "EditMessageSuccess" || kind === "StaleVersionProblem") {
        this.#take(entry, editMessage.message);
      }
      return editMessage;
    });
  }

  delete(messageId: string): Promise<DeleteResult> {
    return this.#perform({ kind: "delete", messageId }, async (run, entry) => {
      const variables = { input: { messageId } };
      const { deleteMessage } = await run(DeleteMessage, variables, { isSafeToRepeat: true });
      if (deleteMessage.__typename === "DeleteMessageSuccess") {
        this.#take(entry, deleteMessage.message);
      }
      return deleteMessage;
    });
  }

  react(messageId: string, emoji: string, isAdded: boolean): Promise<ReactResult> {
    const change = { kind: "react", messageId, emoji, isAdded } as const;
    return this.#perform(change, async (run, entry) => {
      const variables = { input: { messageId, emoji } };
      const options = { isSafeToRepeat: true };
      const result = isAdded
        ? (await run(AddReaction, variables, options)).addReaction
        : (await run(RemoveReaction, variables, options)).removeReaction;
      const { __typename } = result;
      if (__typename === "AddReactionSuccess" || __typename === "RemoveReactionSuccess") {
        this.#accept(entry);
      }
      return result;
    });
  }

  /** With the changes of the viewer. Messages without one are the same objects. */
  applied(messages: readonly Message[]): readonly Message[] {
    if (this.#entries.length === 0) return messages;
    return messages.map((message) =>
      this.#entries.reduce((shown, { change }) => withChange(shown, change), message),
    );
  }

  /** The messages have the reaction of this event from now on. */
  received(event: ConversationEvent, viewerId: string | null): void {
    if (event.__typename !== "ReactionChanged" || event.actor?.id !== viewerId) return;
    const { message, emoji, isAdded } = event;
    if (!message || emoji === null) return;
    const key = keyOf({ messageId: message.id, emoji });
    const entry = this.#entries.find(
      ({ change, status }) =>
        change.kind === "react" &&
        status !== "waiting" &&
        keyOf(change) === key &&
        change.isAdded === isAdded,
    );
    if (entry?.status === "accepted") this.#drop(entry);
    else if (entry) entry.hasEvent = true;
  }

  /** The messages were read again, with all that was accepted. */
  reset(): void {
    this.#entries = this.#entries.filter(({ status }) => status !== "accepted");
  }

  async #perform<Result>(
    change: Change,
    send: (run: Run, entry: Entry) => Promise<Result>,
  ): Promise<Result> {
    const { run, onChange } = this.#options;
    const { messageId } = change;
    const entry: Entry = { change, status: "waiting", hasEvent: false };
    this.#entries = [...this.#entries, entry];
    onChange();
    const start = () => {
      entry.status = "sent";
      return send(run, entry);
    };
    const request = (this.#last.get(messageId) ?? Promise.resolve()).then(start, start);
    this.#last.set(messageId, request);
    try {
      return await request;
    } finally {
      if (this.#last.get(messageId) === request) this.#last.delete(messageId);
      if (entry.status !== "accepted") this.#drop(entry);
      onChange();
    }
  }

  #take(entry: Entry, text: MessageText): void {
    this.#drop(entry);
    this.#options.onText(text);
  }

  /**
   * A reaction has no version. It stays until its event comes, so that an event from before it does
   * not take it back for a moment. When nothing has changed, no event comes.
   */
  #accept(entry: Entry): void {
    const { change, hasEvent } = entry;
    if (change.kind !== "react") return;
    const earlier = this.#entries.find(
      (each) =>
        each.status === "accepted" &&
        each.change.kind === "react" &&
        keyOf(each.change) === keyOf(change),
    );
    if (earlier) this.#drop(earlier);
    const message = this.#options.messages().find(({ id }) => id === change.messageId);
    const isHere = !message || isAmong(message, change.emoji) === change.isAdded;
    if (!hasEvent && (earlier || !isHere)) entry.status = "accepted";
  }

  #drop(entry: Entry): void {
    this.#entries = this.#entries.filter((each) => each !== entry);
  }
}

/** The server spells emoji fully qualified, with variation selectors. */
const spelled = (emoji: string) => emoji.replaceAll("\uFE0F", "");
const keyOf = ({ messageId, emoji }: { readonly messageId: string; readonly emoji: string }) =>
  `${messageId} ${spelled(emoji)}`;

function isAmong({ reactions }: Message, emoji: string): boolean {
  return reactions.some(
    (each) => spelled(each.emoji) === spelled(emoji) && each.isViewerAmong === true,
  );
}

/** A message with a change, as the server would have it. */
function withChange(shown: Message, change: Change): Message {
  const message = withQuoteChange(shown, change);
  if (message.id !== change.messageId || message.deletedAt !== null) return message;
  switch (change.kind) {
    case "edit":
      return { ...message, body: change.body, ...withMentions(change.body, change.mentioned) };
    case "delete":
      // The server says when.
      return {
        ...message,
        body: null,
        deletedAt: message.createdAt,
        ...{ pinnedAt: null, reactions: [], attachments: [] },
        ...withMentions("", NOBODY),
      };
    case "react":
      return { ...message, reactions: withReaction(message, change) };
  }
}

function withQuoteChange(message: Message, change: Change): Message {
  const { replyTo } = message;
  if (!replyTo || replyTo.id !== change.messageId || change.kind === "react") return message;
  if (replyTo.deletedAt !== null) return message;
  const text =
    change.kind === "edit"
      ? { body: change.body }
      : { body: null, deletedAt: message.createdAt, attachments: [] };
  return { ...message, replyTo: { ...replyTo, ...text } };
}

function withReaction(message: Message, { emoji, isAdded }: Reaction): Message["reactions"] {
  const { reactions } = message;
  if (isAmong(message, emoji) === isAdded) return reactions;
  const step = isAdded ? 1 : -1;
  const changed = reactions.map((each) =>
    spelled(each.emoji) === spelled(emoji)
      ? { ...each, count: each.count + step, isViewerAmong: isAdded }
      : each,
  );
  const isNew = isAdded && changed.every((each, at) => each === reactions[at]);
  const first = { __typename: "ReactionCount", emoji, count: 1, isViewerAmong: true } as const;
  return isNew ? [...changed, first] : changed.filter(({ count }) => count > 0);
}
