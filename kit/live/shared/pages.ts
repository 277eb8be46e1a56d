// Entries of a shared stream in pages: those that are at hand are taken together and executed
// together, so that what they are about is loaded at once. It decides nothing about who gets them.
import type { ExecutionResult } from "graphql";
import type { LiveEntries } from "#kit/live/merged";
import type { Entry } from "#kit/live/streams";

/** Facts beside an event, in `extensions.live`. */
type Facts = Readonly<Record<string, unknown>>;

/** Executes one event for its reader, and says where it stands. */
export type ExecuteEvent = (event: unknown, facts?: Facts) => Promise<ExecutionResult>;

/** Makes what executes the events of one page, which share what they load. */
export type BeginPage = () => ExecuteEvent;

interface Page {
  readonly entries: readonly Entry[];
  /** Nothing comes behind them. */
  readonly isOver: boolean;
}

/** The receiver's window holds events back, not this. */
const PAGE_SIZE = 50;

/** A frame that holds no event. */
export function frameWithoutEvent(live: Facts): ExecutionResult {
  return { data: null, extensions: { live } };
}

/** The entries that are at hand, or a page of them. */
export async function takePage(live: LiveEntries): Promise<Page> {
  const entries: Entry[] = [];
  while (entries.length < PAGE_SIZE && live.isBehind()) {
    const { done, value } = await live.next();
    if (done) return { entries, isOver: true };
    entries.push(value);
  }
  return { entries, isOver: false };
}

/** Waits for an entry; the ones that are at hand then come with it. */
export async function awaitPage(live: LiveEntries): Promise<Page> {
  const { done, value } = await live.next();
  if (done) return { entries: [], isOver: true };
  const { entries, isOver } = await takePage(live);
  return { entries: [value, ...entries], isOver };
}
