// Reads conversations of a list again: each once for all reasons that there are by then, and a few
// at one time.

/** How many are read at one time. */
const READS_MAX = 4;

export class Rereads {
  readonly #read: (conversationId: string) => Promise<void>;
  readonly #due = new Set<string>();
  readonly #beingRead = new Set<string>();

  /** `read` does not reject. */
  constructor(read: (conversationId: string) => Promise<void>) {
    this.#read = read;
  }

  add(conversationId: string): void {
    this.#due.add(conversationId);
    this.#readDue();
  }

  #readDue(): void {
    for (const id of this.#due) {
      if (this.#beingRead.size >= READS_MAX) return;
      if (this.#beingRead.has(id)) continue;
      this.#due.delete(id);
      this.#beingRead.add(id);
      void this.#read(id).finally(() => {
        this.#beingRead.delete(id);
        this.#readDue();
      });
    }
  }
}
