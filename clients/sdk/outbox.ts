// Messages on their way: shown at once, sent in their order within each conversation, and kept in
// storage until the server has them. A repeat has the same `clientMessageId`, so that it is safe.
import { pauseMs } from "./closings.ts";
import { GraphError, isRetryable, signedOutError } from "./errors.ts";
import { SendMessage } from "./generated/operations.ts";
import { type Mentioned, mentionInput, NOBODY } from "./mentions.ts";
import { createObservable, type Observable } from "./observable.ts";
import type { OutgoingFile } from "./outgoing-files.ts";
import { type Clock, newId } from "./platform.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import { StoredList, type StoredListOptions } from "./stored-list.ts";

export interface OutgoingMessage {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly body: string;
  readonly replyToId: string | null;
  /** The thread to which it belongs; not in messages that an earlier version has stored. */
  readonly threadRootId?: string | null;
  /** Missing in one that an older build has stored, as `files`. */
  readonly mentioned?: Mentioned;
  readonly files?: readonly OutgoingFile[];
  /** `sent`: the server has it, and its event has not come yet. */
  readonly status: "pending" | "sent" | "failed";
  /** Why it failed, for people, in English. */
  readonly reason: string | null;
  /** Why it failed, for programs: the type of the Problem, or the code of the error. */
  readonly code: string | null;
}

export interface OutboxOptions extends Omit<StoredListOptions, "name"> {
  readonly run: Run;
  readonly session: Session;
  readonly clock: Clock;
  readonly random: () => number;
}

/**
 * A message that was sent is forgotten then. Until then, a tab whose conversation does not have it
 * yet shows it. A tab that has it does not show it twice.
 */
const SENT_MS = 60_000;

const PENDING = { status: "pending", reason: null, code: null } as const;

type List = readonly OutgoingMessage[];

export class Outbox implements Observable<List> {
  /** Those of the viewer, in all tabs that share the store. */
  readonly getSnapshot: () => List;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: OutboxOptions;
  readonly #list: StoredList<OutgoingMessage>;
  readonly #shown = createObservable<List>([]);
  /** Conversations whose messages are being sent; true when there may be more by now. */
  readonly #busy = new Map<string, boolean>();
  /** Ends the pauses between tries. */
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.getSnapshot = this.#shown.getSnapshot;
    this.subscribe = this.#shown.subscribe;
    this.#list = new StoredList({ ...options, name: "outbox" });
    this.#list.state.subscribe(() => this.#show());
    options.session.subscribe(() => {
      this.#show();
      this.wake();
    });
    void this.#load();
  }

  /** Returns the `clientMessageId`. Throws when nobody is signed in. */
  send(
    conversationId: string,
    body: string,
    replyToId: string | null = null,
    threadRootId: string | null = null,
    mentioned: Mentioned = NOBODY,
    files: readonly OutgoingFile[] = [],
  ): string {
    const { viewerId: senderId } = this.#options.session.getSnapshot();
    if (senderId === null) throw signedOutError();
    const clientMessageId = newId();
    const own = { clientMessageId, conversationId, senderId };
    const message = { ...own, body, replyToId, threadRootId, mentioned, files };
    this.#list.change((list) => [...list, { ...message, ...PENDING }]);
    return clientMessageId;
  }

  /** Sends a failed message again. */
  retry(clientMessageId: string): void {
    this.#update(clientMessageId, PENDING);
  }

  /** Forgets a message. One that is on its way may arrive all the same. */
  discard(clientMessageId: string): void {
    this.#list.change((list) => list.filter((each) => each.clientMessageId !== clientMessageId));
  }

  /** Forgets all messages of a person, who has signed out. */
  forget(senderId: string): void {
    this.#list.change((list) => list.filter((each) => each.senderId !== senderId));
  }

  /** A conversation has received the message, maybe before the answer came. */
  arrived(clientMessageId: string): void {
    const message = this.getSnapshot().find((each) => each.clientMessageId === clientMessageId);
    if (message && message.status !== "sent") this.#sent(clientMessageId);
  }

  /** Tries at once what waits, as when the network is back. */
  wake(): void {
    for (const end of [...this.#waiting]) end();
    this.#startAll();
  }

  /** Stores at once what may still wait for other tabs. The page ends, or the app is put away. */
  async saveNow(): Promise<void> {
    await this.#list.saveNow();
  }

  /** Stops sending. The messages stay in storage. */
  close(): void {
    this.#isClosed = true;
    this.#list.close();
    for (const end of [...this.#waiting]) end();
  }

  async #load(): Promise<void> {
    await this.#list.sync();
    // Their tab may have closed before it forgot them.
    for (const { status, clientMessageId } of this.#list.state.getSnapshot()) {
      if (status === "sent") this.#forgetSoon(clientMessageId);
    }
  }

  #show(): void {
    const { viewerId } = this.#options.session.getSnapshot();
    const all = this.#list.state.getSnapshot();
    this.#shown.set(all.filter(({ senderId }) => senderId === viewerId));
    this.#startAll();
  }

  #startAll(): void {
    for (const { conversationId, status } of this.getSnapshot()) {
      if (status === "pending") this.#start(conversationId);
    }
  }

  #start(conversationId: string): void {
    const isBusy = this.#busy.has(conversationId);
    this.#busy.set(conversationId, isBusy);
    if (!isBusy) void this.#drain(conversationId);
  }

  /**
   * Sends the pending messages of a conversation, one after the other. One tab sends at a time. The
   * lock is free in pauses, so that a tab that sleeps or closes stops no other.
   */
  async #drain(conversationId: string): Promise<void> {
    const { lock, random } = this.#options;
    const name = `meetinity-outbox ${conversationId}`;
    for (let attempt = 0; !this.#isClosed; ) {
      this.#busy.set(conversationId, false);
      const result = await lock(name, () => this.#sendNext(conversationId)).catch(() => "again");
      if (result === "none" && !this.#busy.get(conversationId)) break;
      if (result === "again") await this.#pause(pauseMs(attempt, random));
      attempt = result === "again" ? attempt + 1 : 0;
    }
    this.#busy.delete(conversationId);
  }

  async #sendNext(conversationId: string): Promise<"none" | "done" | "again"> {
    // Another tab may have sent what this one shows as pending.
    await this.#list.sync();
    const next = this.getSnapshot().find(
      (each) => each.conversationId === conversationId && each.status === "pending",
    );
    if (!next || this.#isClosed) return "none";
    const isDone = await this.#sendOnce(next);
    await this.#list.sync();
    return isDone ? "done" : "again";
  }

  /** Ends early when `wake` is called. */
  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel();
        this.#waiting.delete(end);
        resolve();
      };
      const cancel = this.#options.clock.after(ms, end);
      this.#waiting.add(end);
    });
  }

  /** Returns false when the same message should be tried again. */
  async #sendOnce({ clientMessageId, senderId, ...message }: OutgoingMessage): Promise<boolean> {
    const { conversationId, body, replyToId, threadRootId } = message;
    const { mentioned = NOBODY, files = [] } = message;
    const attachmentIds = files.map(({ id }) => id);
    const thread = { ...(replyToId && { replyToId }), ...(threadRootId && { threadRootId }) };
    const told = {
      ...thread,
      ...mentionInput(mentioned),
      ...(attachmentIds.length > 0 && { attachmentIds }),
    };
    const input = { clientMessageId, conversationId, body, ...told };
    const options = { isSafeToRepeat: true, viewerId: senderId };
    try {
      const { sendMessage } = await this.#options.run(SendMessage, { input }, options);
      if (sendMessage.__typename === "SendMessageSuccess") this.#sent(clientMessageId);
      else this.#fail(clientMessageId, sendMessage.reason, sendMessage.__typename);
      return true;
    } catch (error) {
      // Other refusals are final: the message fails, and the person decides.
      if (isRetryable(error)) return false;
      const reason = error instanceof Error ? error.message : String(error);
      this.#fail(clientMessageId, reason, error instanceof GraphError ? error.code : null);
      return true;
    }
  }

  #fail(clientMessageId: string, reason: string, code: string | null): void {
    this.#update(clientMessageId, { status: "failed", reason, code });
  }

  #sent(clientMessageId: string): void {
    this.#update(clientMessageId, { status: "sent", reason: null, code: null });
    this.#forgetSoon(clientMessageId);
  }

  #forgetSoon(clientMessageId: string): void {
    this.#options.clock.after(SENT_MS, () => this.discard(clientMessageId));
  }

  #update(clientMessageId: string, next: Partial<OutgoingMessage>): void {
    this.#list.change((list) =>
      list.map((each) => (each.clientMessageId === clientMessageId ? { ...each, ...next } : each)),
    );
  }
}
