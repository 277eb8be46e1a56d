// Typing in a conversation, of others and of the viewer. It ends by itself, because the signal of
// its end may be lost.
import { SetTyping } from "./generated/operations.ts";
import type { Clock } from "./platform.ts";
import type { Run } from "./requests.ts";

const TYPING_MS = 10_000;

/** The people who are typing. */
export class Typing {
  readonly #clock: Clock;
  readonly #onChange: (userIds: readonly string[]) => void;
  readonly #cancels = new Map<string, () => void>();

  constructor(clock: Clock, onChange: (userIds: readonly string[]) => void) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  set(userId: string, isTyping: boolean): void {
    const cancel = this.#cancels.get(userId);
    if (!isTyping && !cancel) return;
    cancel?.();
    this.#cancels.delete(userId);
    const end = () => this.set(userId, false);
    if (isTyping) this.#cancels.set(userId, this.#clock.after(TYPING_MS, end));
    this.#onChange([...this.#cancels.keys()]);
  }

  close(): void {
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }
}

/** Typing is signalled again so often while it lasts, and ends after such a pause. */
const REPEAT_MS = 5_000;
const PAUSE_MS = 5_000;

export interface OwnTypingOptions {
  readonly conversationId: string;
  readonly run: Run;
  readonly clock: Clock;
}

/** Signals that the viewer is typing. `set` may be called for each key. */
export class OwnTyping {
  readonly #options: OwnTypingOptions;
  /** When it was last signalled that they are typing; null when they are not. */
  #signalledAt: number | null = null;
  #cancelPause = () => {};
  /** One signal after the other, so that the last one stands. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: OwnTypingOptions) {
    this.#options = options;
  }

  set(isTyping: boolean): void {
    const { clock } = this.#options;
    this.#cancelPause();
    if (isTyping) {
      this.#cancelPause = clock.after(PAUSE_MS, () => this.set(false));
      const now = clock.now();
      if (this.#signalledAt !== null && now - this.#signalledAt < REPEAT_MS) return;
      this.#signalledAt = now;
    } else {
      if (this.#signalledAt === null) return;
      this.#signalledAt = null;
    }
    this.#signal(isTyping);
  }

  /** A message was sent, which ends typing for all who watch. */
  ended(): void {
    this.#cancelPause();
    this.#signalledAt = null;
  }

  #signal(isTyping: boolean): void {
    const { run, conversationId } = this.#options;
    const send = () =>
      run(SetTyping, { input: { conversationId, isTyping } }, { isSafeToRepeat: true });
    // A lost signal is no loss.
    this.#last = this.#last.then(send).catch(() => {});
  }
}
