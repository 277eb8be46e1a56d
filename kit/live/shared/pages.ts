// Pages of entries of a shared stream: entries that are available together are executed together,
// so that their loads are batched.
import type { ExecutionResult } from "graphql";
import type { LiveEntries } from "#kit/live/merged";
import type { Entry } from "#kit/live/streams";

/** The content of `extensions.live`, beside an event or without one. */
type Facts = Readonly<Record<string, unknown>>;

/**
 * Executes one event for its reader, and adds its position to the facts. `trace` is that of its
 * entry, if the reader follows it.
 */
export type ExecuteEvent = (
  event: unknown,
  facts?: Facts,
  trace?: string | null,
) => Promise<ExecutionResult>;

/** The events of one page are executed in one context, with shared loaders. */
export type BeginPage = () => ExecuteEvent;

interface Page {
  readonly entries: readonly Entry[];
  /** The stream ends behind them. */
  readonly isOver: boolean;
}

const PAGE_SIZE = 50;

export function frameWithoutEvent(live: Facts): ExecutionResult {
  return { data: null, extensions: { live } };
}

/** The entries that are available now, at most a page. */
export async function takePage(live: LiveEntries): Promise<Page> {
  const entries: Entry[] = [];
  while (entries.length < PAGE_SIZE && live.isBehind()) {
    const { done, value } = await live.next();
    if (done) return { entries, isOver: true };
    entries.push(value);
  }
  return { entries, isOver: false };
}

/** Waits for an entry; the ones that are available then follow in the same page. */
export async function awaitPage(live: LiveEntries): Promise<Page> {
  const { done, value } = await live.next();
  if (done) return { entries: [], isOver: true };
  const { entries, isOver } = await takePage(live);
  return { entries: [value, ...entries], isOver };
}
