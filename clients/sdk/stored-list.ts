// A list that all tabs of a browser share: each change shows here at once, and is stored under a
// lock, so that no tab loses what another one adds.
import { createObservable, type Observable } from "./observable.ts";
import type { Lock, OpenChannel } from "./platform.ts";
import { type ListName, openTabs, type Tabs } from "./tabs.ts";
import type { TextStore } from "./text-store.ts";

export interface StoredListOptions {
  /** Of its lock, and of the news about it. */
  readonly name: ListName;
  readonly store: TextStore;
  readonly lock: Lock;
  readonly openChannel: OpenChannel;
}

type Work<Item> = (list: readonly Item[]) => readonly Item[];

export class StoredList<Item> {
  readonly state: Observable<readonly Item[]>;
  readonly #state = createObservable<readonly Item[]>([]);
  readonly #options: StoredListOptions;
  readonly #tabs: Tabs;
  #stored: readonly Item[] = [];
  /** Changes that are not stored yet. They are made again on what other tabs have stored. */
  #unsaved: readonly Work<Item>[] = [];

  constructor(options: StoredListOptions) {
    this.#options = options;
    this.state = this.#state;
    const { name, openChannel, store } = options;
    this.#tabs = openTabs(openChannel, store.sharedAs, ({ kind }) => {
      if (kind === name) void this.sync();
    });
  }

  /** `work` runs several times, on lists of different tabs. */
  change(work: Work<Item>): void {
    this.#unsaved = [...this.#unsaved, work];
    this.#show();
    void this.sync();
  }

  /** Stores all changes, and takes over those of other tabs. */
  async sync(): Promise<void> {
    const { name, lock, store } = this.#options;
    try {
      await lock(`meetinity-${name}`, async () => {
        const stored = parsed<Item>(await store.read());
        const count = this.#unsaved.length;
        const next = this.#unsaved.reduce((list, work) => work(list), stored);
        if (count > 0) await store.write(next.length === 0 ? null : JSON.stringify(next));
        this.#unsaved = this.#unsaved.slice(count);
        this.#stored = next;
        this.#show();
        if (count > 0) this.#tabs.post({ kind: name });
      });
    } catch {
      // Everything goes on in memory; only a reload would lose it.
    }
  }

  /**
   * Stores the changes without the lock, for a program that ends now and cannot wait for it. With a
   * synchronous store they are stored before the next task.
   */
  async saveNow(): Promise<void> {
    if (this.#unsaved.length === 0) return;
    const { store } = this.#options;
    const stored = parsed<Item>(await store.read());
    const next = this.#unsaved.reduce((list, work) => work(list), stored);
    await store.write(next.length === 0 ? null : JSON.stringify(next));
  }

  close(): void {
    this.#tabs.close();
  }

  #show(): void {
    this.#state.set(this.#unsaved.reduce((list, work) => work(list), this.#stored));
  }
}

function parsed<Item>(text: string | null): readonly Item[] {
  try {
    return text === null ? [] : JSON.parse(text);
  } catch {
    // Another program wrote here.
    return [];
  }
}
