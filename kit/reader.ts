// One consumer's place in a stream: a position, pulled forward from the ring of recent entries or
// from the log. It decides neither who may read nor where the entries come from.
import type { GraphQLError } from "graphql";
import { invariant } from "#kit/invariant";
import type { Entry } from "#kit/logs";

/** What a reader sees of its stream. */
export interface Tail {
  /** The greatest seq known to be committed. */
  head: number;
  /** The latest entries, contiguous, oldest first. */
  ring: Entry[];
}

export interface Reader extends AsyncIterableIterator<Entry> {
  /** Sets the position behind which reading begins. */
  start(position: number): void;
  /** Says that the tail has moved. */
  wake(): void;
  /** Ends the stream, with an error for the consumer or without. */
  end(error: GraphQLError | null): void;
}

interface ReaderOptions {
  readonly tail: Tail;
  /** A page of the log behind a position. */
  readonly readPage: (after: number) => Promise<Entry[]>;
  /** Called once, however the stream ends. */
  readonly onEnd: () => void;
}

/** A reader of `tail`, which may be ended at any moment, also while it waits. */
export function createReader({ tail, readPage, onEnd }: ReaderOptions): Reader {
  let position = 0;
  let ended: { readonly error: GraphQLError | null } | undefined;
  let wakeUp = () => {};
  const take = entryTaker(tail, readPage);

  function end(error: GraphQLError | null): void {
    if (ended) return;
    ended = { error };
    onEnd();
    wakeUp();
  }

  async function nextEntry(): Promise<Entry | undefined> {
    while (!ended) {
      const { head } = tail;
      const entry = position < head ? await take(position) : undefined;
      if (entry) return entry;
      // The head may have moved while a page was read; that wake-up came too early to be heard.
      if (!ended && tail.head === head) {
        await new Promise<void>((resolve) => {
          wakeUp = resolve;
        });
      }
    }
    return undefined;
  }

  return {
    start: (from) => {
      position = from;
    },
    wake: () => wakeUp(),
    end,
    async next() {
      const entry = await nextEntry();
      if (ended || !entry) {
        const error = ended?.error;
        ended = { error: null };
        if (error) throw error;
        return { done: true, value: undefined };
      }
      invariant(entry.prevSeq === position, "a stream skipped an entry", { position, entry });
      position = entry.seq;
      return { done: false, value: entry };
    },
    async return() {
      end(null);
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Finds the entry behind a position: in the ring, in the page read last, or in the next page. */
function entryTaker(tail: Tail, readPage: ReaderOptions["readPage"]) {
  let page: Entry[] = [];
  return async (position: number): Promise<Entry | undefined> => {
    const oldest = tail.ring[0];
    const ringed = oldest && tail.ring[position + 1 - oldest.seq];
    if (ringed) return ringed;
    if (page[0]?.seq !== position + 1) page = await readPage(position);
    return page.shift();
  };
}
