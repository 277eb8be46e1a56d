// The people who are typing in a conversation. Typing ends by itself, because the signal of its
// end may be lost.
import type { Clock } from "./platform.ts";

const TYPING_MS = 10_000;

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
