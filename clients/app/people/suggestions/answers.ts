// Answers to suggestions on their way. "Not now" and "no" wait a few seconds, in which they can be
// undone; without a network every answer waits for it, also over a reload.
import { createObservable, NetworkError, type Observable } from "@meetinity/client";
import type { SuggestionAnswer } from "@meetinity/client/operations";

export interface Answered {
  readonly answer: SuggestionAnswer;
  /**
   * `undoable`: not sent yet. `waiting`: for the network. `sent`: an acceptance, stored; `matched`
   * if both have accepted.
   */
  readonly status: "undoable" | "sending" | "waiting" | "failed" | "sent" | "matched";
  /** Of `failed`. */
  readonly error: unknown;
}

export type Outcome =
  /** The server has it. */
  | "stored"
  /** The server has it, and both have accepted. */
  | "matched"
  /** The person is no longer suggested. */
  | "gone"
  /** The viewer must confirm their address first. */
  | "unverified";

interface Kept {
  readonly id: string;
  readonly answer: SuggestionAnswer;
}

export interface AnswerOptions {
  /** Rejects with `NetworkError` without an answer. The same answer may be sent again. */
  send(suggestionId: string, answer: SuggestionAnswer): Promise<Outcome>;
  onOutcome(suggestionId: string, outcome: Outcome, answer: SuggestionAnswer): void;
  /** Runs `work` once, and returns how to cancel it. */
  after(ms: number, work: () => void): () => void;
  /** Answers that no server has confirmed, of an earlier page too. */
  readonly kept: { read(): readonly Kept[]; write(answers: readonly Kept[]): void };
}

/** So long an answer can be undone. */
export const UNDO_MS = 6_000;

/** How an acceptance is shown afterwards. */
const DONE = { stored: "sent", matched: "matched", gone: null, unverified: null } as const;

export const isDone = (answered: Answered | undefined) =>
  answered?.status === "sent" || answered?.status === "matched";

export class Answers {
  readonly state: Observable<ReadonlyMap<string, Answered>>;
  readonly #state = createObservable<ReadonlyMap<string, Answered>>(new Map());
  readonly #options: AnswerOptions;
  readonly #timers = new Map<string, () => void>();

  constructor(options: AnswerOptions) {
    this.state = this.#state;
    this.#options = options;
    for (const { id, answer } of options.kept.read()) this.#set(id, { answer, status: "waiting" });
  }

  /** An acceptance is sent at once, because the person waits for what comes of it. */
  give(id: string, answer: SuggestionAnswer): void {
    if (!this.#mayChange(id)) return;
    this.#set(id, { answer, status: "undoable" });
    if (answer === "ACCEPT") return void this.#send(id);
    this.#timers.set(
      id,
      this.#options.after(UNDO_MS, () => void this.#send(id)),
    );
  }

  /** Takes back an answer that is not sent. */
  undo(id: string): void {
    if (this.#mayChange(id)) this.#set(id, null);
  }

  /** Sends what could still be undone: the person leaves. */
  flush(): void {
    this.#sendAll("undoable");
  }

  /** Sends what waits for the network. */
  wake(): void {
    this.#sendAll("waiting");
  }

  /** Sends an answer again that has failed. */
  retry(id: string): void {
    if (this.#state.getSnapshot().get(id)?.status === "failed") void this.#send(id);
  }

  /** Forgets an acceptance that is stored. */
  forget(id: string): void {
    if (isDone(this.#state.getSnapshot().get(id))) this.#set(id, null);
  }

  #mayChange(id: string): boolean {
    const answered = this.#state.getSnapshot().get(id);
    return answered?.status !== "sending" && !isDone(answered);
  }

  #sendAll(status: Answered["status"]): void {
    for (const [id, each] of this.#state.getSnapshot()) {
      if (each.status === status) void this.#send(id);
    }
  }

  async #send(id: string): Promise<void> {
    const { answer } = this.#state.getSnapshot().get(id) ?? {};
    if (!answer) return;
    this.#set(id, { answer, status: "sending" });
    try {
      const outcome = await this.#options.send(id, answer);
      const done = answer === "ACCEPT" ? DONE[outcome] : null;
      this.#set(id, done && { answer, status: done });
      this.#options.onOutcome(id, outcome, answer);
    } catch (error) {
      const isCut = error instanceof NetworkError;
      this.#set(id, { answer, status: isCut ? "waiting" : "failed", error });
    }
  }

  #set(
    id: string,
    answered: (Omit<Answered, "error"> & { readonly error?: unknown }) | null,
  ): void {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
    const next = new Map(this.#state.getSnapshot());
    if (answered) next.set(id, { error: null, ...answered });
    else next.delete(id);
    this.#state.set(next);
    const unconfirmed = [...next].filter(([, each]) => !isDone(each) && each.status !== "failed");
    this.#options.kept.write(unconfirmed.map(([key, { answer }]) => ({ id: key, answer })));
  }
}
