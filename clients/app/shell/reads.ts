// Answers to queries, kept while the person goes to other screens and back: a screen that comes
// again shows at once what it showed, and reads it anew behind that.
import { createObservable, type Observable } from "@meetinity/client";
import { latestOf } from "./latest.ts";

export interface ReadState<Data> {
  /** The latest answer; null until there is one. */
  readonly data: Data | null;
  /** Of the latest try, if it failed. */
  readonly error: unknown;
}

/** One query with its variables. */
export class Read<Data> {
  readonly state: Observable<ReadState<Data>>;
  readonly #state = createObservable<ReadState<Data>>({ data: null, error: null });
  readonly #run: () => Promise<Data>;
  /** Of the latest try: answers of an earlier one come too late. */
  #reading: object | null = null;

  constructor(run: () => Promise<Data>) {
    this.state = this.#state;
    this.#run = run;
  }

  /** Reads what nobody has read or reads yet. */
  async begin(): Promise<void> {
    if (this.#reading === null) await this.refresh();
  }

  /** Reads anew. Rejects when that fails; the answer before stays. */
  refresh = async (): Promise<void> => {
    const reading = {};
    this.#reading = reading;
    const isLate = () => this.#reading !== reading;
    try {
      const data = await this.#run();
      if (!isLate()) this.#state.set({ data, error: null });
    } catch (error) {
      if (!isLate()) this.#state.set({ ...this.#state.getSnapshot(), error });
      throw error;
    }
  };

  /** Shows what a mutation has answered. What is on its way was asked before, and is too late. */
  update = (change: (data: Data) => Data): void => {
    const { data } = this.#state.getSnapshot();
    if (data === null) return;
    this.#reading = null;
    this.#state.set({ data: change(data), error: null });
  };

  /** After a failure, for a reader who tries again: never rejects. */
  retry = (): void => {
    this.#state.set({ ...this.#state.getSnapshot(), error: null });
    void this.refresh().catch(() => {});
  };
}

/** So many are kept, those that were used last. */
const READS_MAX = 50;

export class Reads {
  readonly #reads = new Map<string, unknown>();

  /** The same object for the same query and variables. */
  of<Data>(key: string, run: () => Promise<Data>): Read<Data> {
    return latestOf(this.#reads, key, READS_MAX, () => new Read(run)) as Read<Data>;
  }
}
