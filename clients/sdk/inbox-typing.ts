// The people who are typing in each conversation of a list.
import type { Clock } from "./platform.ts";
import { Typing } from "./typing.ts";

type OnChange = (conversationId: string, userIds: readonly string[]) => void;

export class InboxTyping {
  readonly #clock: Clock;
  readonly #onChange: OnChange;
  readonly #typing = new Map<string, Typing>();

  constructor(clock: Clock, onChange: OnChange) {
    this.#clock = clock;
    this.#onChange = onChange;
  }

  set(conversationId: string, userId: string, isTyping: boolean): void {
    const known = this.#typing.get(conversationId);
    if (!known && !isTyping) return;
    const typing = known ?? new Typing(this.#clock, (ids) => this.#change(conversationId, ids));
    this.#typing.set(conversationId, typing);
    typing.set(userId, isTyping);
  }

  /** The conversation is not in the list any more. */
  remove(conversationId: string): void {
    this.#typing.get(conversationId)?.close();
    this.#typing.delete(conversationId);
  }

  close(): void {
    for (const conversationId of [...this.#typing.keys()]) this.remove(conversationId);
  }

  #change(conversationId: string, userIds: readonly string[]): void {
    if (userIds.length === 0) this.#typing.delete(conversationId);
    this.#onChange(conversationId, userIds);
  }
}
