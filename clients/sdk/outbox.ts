// Messages on their way: shown at once, sent in their order within each conversation, and kept in
// storage until the server has them. A repeat has the same `clientMessageId`, so that it is safe.
import { pauseMs } from "./closings.ts";
import { GraphError, isRetryable, signedOutError } from "./errors.ts";
import { SendMessage } from "./generated/operations.ts";
import { createObservable, type Observable } from "./observable.ts";
import { type Clock, type Lock, newId } from "./platform.ts";
import type { Run } from "./requests.ts";
import type { Session } from "./session.ts";
import type { TextStore } from "./text-store.ts";
import type { Message } from "./timeline.ts";

export interface OutgoingMessage {
  readonly clientMessageId: string;
  readonly conversationId: string;
  readonly senderId: string;
  readonly body: string;
  readonly replyToId: string | null;
  /** `sent`: the server has it, and its event has not come yet. */
  readonly status: "pending" | "sent" | "failed";
  /** Why it failed, for people, in English. */
  readonly reason: string | null;
  /** Why it failed, for programs: the type of the Problem, or the code of the error. */
  readonly code: string | null;
}

export interface OutboxOptions {
  readonly run: Run;
  readonly session: Session;
  readonly clock: Clock;
  readonly random: () => number;
  readonly lock: Lock;
  readonly store: TextStore;
}

const LOCK = "meetinity-outbox";
/** A message that was sent is forgotten then, if no conversation took it over. */
const SENT_MS = 60_000;

const PENDING = { status: "pending", reason: null, code: null } as const;

type List = readonly OutgoingMessage[];

export class Outbox implements Observable<List> {
  readonly getSnapshot: () => List;
  readonly subscribe: (listener: () => void) => () => void;
  readonly #options: OutboxOptions;
  readonly #messages = createObservable<List>([]);
  /** Conversations whose messages are being sent. */
  readonly #busy = new Set<string>();
  /** Ends the pauses between tries. */
  readonly #waiting = new Set<() => void>();
  #isClosed = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.getSnapshot = this.#messages.getSnapshot;
    this.subscribe = this.#messages.subscribe;
    options.session.subscribe(() => this.wake());
    void this.#load();
  }

  /** Returns the `clientMessageId`. Throws when nobody is signed in. */
  send(conversationId: string, body: string, replyToId: string | null = null): string {
    const { viewerId: senderId } = this.#options.session.getSnapshot();
    if (senderId === null) throw signedOutError();
    const clientMessageId = newId();
    const message = { clientMessageId, conversationId, senderId, body, replyToId };
    this.#change((list) => [...list, { ...message, ...PENDING }]);
    this.#start(conversationId);
    return clientMessageId;
  }

  /** Sends a failed message again. */
  retry(clientMessageId: string): void {
    this.#update(clientMessageId, PENDING);
    this.wake();
  }

  /** Forgets a message. One that is on its way may arrive all the same. */
  discard(clientMessageId: string): void {
    this.#change((list) => list.filter((each) => each.clientMessageId !== clientMessageId));
  }

  /** Tries at once what waits, as when the network is back. */
  wake(): void {
    for (const end of [...this.#waiting]) end();
    for (const { conversationId } of this.#messages.getSnapshot()) this.#start(conversationId);
  }

  /** Stops sending. The messages stay in storage. */
  close(): void {
    this.#isClosed = true;
    for (const end of [...this.#waiting]) end();
  }

  async #load(): Promise<void> {
    const stored = parsed(await this.#options.store.read().catch(() => null));
    const known = new Set(this.#messages.getSnapshot().map((each) => each.clientMessageId));
    const old = stored.filter(({ clientMessageId }) => !known.has(clientMessageId));
    this.#messages.set([...old, ...this.#messages.getSnapshot()]);
    this.wake();
  }

  #start(conversationId: string): void {
    if (this.#busy.has(conversationId) || this.#isClosed) return;
    this.#busy.add(conversationId);
    void this.#drain(conversationId).finally(() => this.#busy.delete(conversationId));
  }

  /** Sends the pending messages of a conversation, one after the other. */
  async #drain(conversationId: string): Promise<void> {
    const { random, session } = this.#options;
    for (let attempt = 0; !this.#isClosed; ) {
      const { viewerId } = session.getSnapshot();
      const next = this.#messages
        .getSnapshot()
        .find(
          (each) =>
            each.conversationId === conversationId &&
            each.status === "pending" &&
            each.senderId === viewerId,
        );
      if (!next) return;
      if (await this.#sendOnce(next)) attempt = 0;
      else {
        await this.#pause(pauseMs(attempt, random));
        attempt += 1;
      }
    }
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
  async #sendOnce({ clientMessageId, ...message }: OutgoingMessage): Promise<boolean> {
    const { conversationId, body, replyToId } = message;
    const input = { clientMessageId, conversationId, body, ...(replyToId && { replyToId }) };
    try {
      const { sendMessage } = await this.#options.run(
        SendMessage,
        { input },
        { isSafeToRepeat: true },
      );
      if (sendMessage.__typename === "SendMessageSuccess") {
        this.#update(clientMessageId, { status: "sent" });
        this.#options.clock.after(SENT_MS, () => this.discard(clientMessageId));
      } else this.#fail(clientMessageId, sendMessage.reason, sendMessage.__typename);
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

  #update(clientMessageId: string, next: Partial<OutgoingMessage>): void {
    this.#change((list) =>
      list.map((each) => (each.clientMessageId === clientMessageId ? { ...each, ...next } : each)),
    );
  }

  /** Changes the list here at once, and then what is stored, which other tabs share. */
  #change(work: (list: List) => List): void {
    const { lock, store } = this.#options;
    this.#messages.set(work(this.#messages.getSnapshot()));
    lock(LOCK, async () => {
      const next = work(parsed(await store.read())).filter(({ status }) => status !== "sent");
      await store.write(next.length === 0 ? null : JSON.stringify(next));
    }).catch(() => {
      // The message is on its way all the same; only a reload would lose it.
    });
  }
}

/** Those of the viewer in a conversation, without those that have arrived as messages. */
export function outgoingOf(
  list: List,
  conversationId: string,
  messages: readonly Message[],
  viewerId: string | null,
): List {
  const outgoing = list.filter(
    (each) => each.conversationId === conversationId && each.senderId === viewerId,
  );
  if (outgoing.length === 0) return outgoing;
  const arrived = new Set(
    messages
      .filter(({ sender }) => sender?.id === viewerId)
      .map(({ clientMessageId }) => clientMessageId),
  );
  return outgoing.filter(({ clientMessageId }) => !arrived.has(clientMessageId));
}

function parsed(text: string | null): List {
  try {
    return text === null ? [] : JSON.parse(text);
  } catch {
    // Another program wrote here.
    return [];
  }
}
