// A query as React state.
import type { Operation } from "@meetinity/client";
import { useReadAgain } from "@meetinity/ui/offline/away.ts";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useEffect } from "react";
import { client } from "./client.ts";
import { onePerViewer } from "./one-per-viewer.ts";
import { type Read, Reads } from "./reads.ts";

const readsOf = onePerViewer(() => new Reads());

/** The read of an operation by this person; by nobody for an empty id. */
function readOf<Data, Variables extends object>(
  viewerId: string,
  operation: Operation<Data, Variables>,
  variables: Variables,
): Read<Data> {
  const key = `${operation.name} ${JSON.stringify(variables)}`;
  return readsOf(viewerId).of(key, () =>
    client.run(operation, variables, viewerId ? { viewerId } : {}),
  );
}

/** Reads what a screen will need if nobody has read it yet; a failure shows on that screen. */
export function readAhead<Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables,
): void {
  const { viewerId } = client.session.getSnapshot();
  const read = readOf(viewerId ?? "", operation, variables);
  const { data, error } = read.state.getSnapshot();
  if (data === null && error === null) void read.begin().catch(() => {});
}

interface ReadOptions {
  /** Whether to read at all. */
  readonly isOn?: boolean;
  /** Reads anew so often while the page is seen. */
  readonly pollMs?: number;
}

/** Shows at once what is known, and reads it anew. */
export function useRead<Data, Variables extends object>(
  operation: Operation<Data, Variables>,
  variables: Variables,
  { isOn = true, pollMs }: ReadOptions = {},
) {
  const { viewerId } = useObservable(client.session);
  const read = readOf(viewerId ?? "", operation, variables);
  const { data, error } = useObservable(read.state);
  const { refresh, retry, update } = read;
  useEffect(() => {
    if (isOn) void refresh().catch(() => {});
  }, [isOn, refresh]);
  useReadAgain(() => isOn && refresh().catch(() => {}));
  usePoll(isOn ? pollMs : undefined, refresh);
  return { data, error, refresh, retry, update };
}

/** Does it again and again while the page is seen. */
export function usePoll(everyMs: number | undefined, work: () => Promise<void>): void {
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => {
      if (!document.hidden) void work().catch(() => {});
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs, work]);
}
