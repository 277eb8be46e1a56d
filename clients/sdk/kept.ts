// The answers that an installation keeps of its viewer, to show them where the network is missing,
// with their age. Only reads that the app names are kept; a document of another shape has another
// id, so that an answer of an older build is never found.
import type { Answer } from "./http.ts";
import type { Network } from "./network.ts";
import { createObservable, type Observable } from "./observable.ts";
import type { Operation } from "./operation.ts";
import type { Clock } from "./platform.ts";
import type { SessionState } from "./session-state.ts";

export interface KeptAnswer {
  /** When it was true: milliseconds since 1970, by the device's clock. */
  readonly at: number;
  readonly data: unknown;
}

/** Where the answers are. The app adapts a store of its platform, and bounds it. */
export interface KeptStore {
  read(viewerId: string, key: string): Promise<KeptAnswer | null>;
  write(viewerId: string, key: string, answer: KeptAnswer): Promise<void>;
  /** Deletes all answers but those of this person; all of them if it is null. */
  keepOnly(viewerId: string | null): Promise<void>;
}

export interface KeptOptions {
  readonly store: KeptStore;
  /** The names of the reads that are kept. */
  readonly operations: readonly string[];
  /** The date of the device. Default: `Date.now`. */
  readonly now?: () => number;
}

/** The latest answer to a read that this page has shown. */
export interface Seen {
  readonly name: string;
  readonly variables: object;
  readonly at: number;
}

export interface Found<Data> {
  readonly data: Data;
  readonly ageMs: number;
}

export interface Kept {
  /** The kept reads that this page has shown, with their times. */
  readonly seen: Observable<readonly Seen[]>;
  /** Whether the answers of an operation are kept. */
  keeps(operation: Operation<unknown, never>): boolean;
  /** The viewer's last answer; null when there is none. */
  find<Data, Variables extends object>(
    operation: Operation<Data, Variables>,
    variables: Variables,
  ): Promise<Found<Data> | null>;
  /** Keeps an answer that came for this person. */
  took(
    operation: Operation<unknown, never>,
    variables: object,
    viewerId: string,
    answer: Answer<unknown>,
  ): void;
  /** Keeps what a screen has by now, a moment later and once for many calls. */
  keepSoon<Data, Variables extends object>(
    operation: Operation<Data, Variables>,
    variables: Variables,
    make: () => Data | null,
  ): void;
  /** Keeps at once what waits. */
  flush(): void;
}

const SOON_MS = 500;

interface Options extends KeptOptions {
  readonly session: Observable<SessionState>;
  readonly clock: Clock;
  readonly network: Network;
}

export function createKept(options: Options): Kept {
  const { store, operations, now = Date.now, session, clock, network } = options;
  const names = new Set(operations);
  const seen = createObservable<readonly Seen[]>([]);
  const byKey = new Map<string, Seen>();
  const soon = createSoon(clock);
  const viewerIdOf = () => session.getSnapshot().viewerId;

  function show(key: string, next: Seen): void {
    byKey.set(key, next);
    seen.set([...byKey.values()]);
  }

  function keep(operation: Operation<unknown, never>, variables: object, data: unknown): void {
    const viewerId = viewerIdOf();
    if (viewerId === null) return;
    const [key, at] = [keyOf(operation, variables), now()];
    show(key, { name: operation.name, variables, at });
    // A full store keeps nothing new; the app goes on with the network.
    store.write(viewerId, key, { at, data }).catch(() => {});
  }

  followViewer(session, (viewerId) => {
    soon.clear();
    byKey.clear();
    seen.set([]);
    store.keepOnly(viewerId).catch(() => {});
  });

  return {
    seen,
    keeps: ({ id, name, type }) => type === "query" && id !== "" && names.has(name),
    async find<Data, Variables extends object>(
      operation: Operation<Data, Variables>,
      variables: Variables,
    ) {
      const viewerId = viewerIdOf();
      if (viewerId === null) return null;
      const key = keyOf(operation, variables);
      const answer = await store.read(viewerId, key).catch(() => null);
      if (!answer || viewerIdOf() !== viewerId) return null;
      show(key, { name: operation.name, variables, at: answer.at });
      return { data: answer.data as Data, ageMs: now() - answer.at };
    },
    took(operation, variables, viewerId, { data, errors }) {
      // Half an answer would take the place of a whole one.
      if (!data || errors?.length || viewerIdOf() !== viewerId) return;
      keep(operation, variables, data);
    },
    keepSoon(operation, variables, make) {
      if (!names.has(operation.name)) return;
      soon.put(keyOf(operation, variables), () => {
        // Then it is what was kept already, and older than now.
        const data = network.isAway ? null : make();
        if (data !== null) keep(operation, variables, data);
      });
    },
    flush: soon.flush,
  };
}

/** Keeps nothing: the default of a client. */
export const NOTHING_KEPT: Kept = {
  seen: createObservable<readonly Seen[]>([]),
  keeps: () => false,
  find: async () => null,
  took: () => {},
  keepSoon: () => {},
  flush: () => {},
};

/** Work that is done a moment later, once for many wishes with the same key. */
function createSoon(clock: Clock) {
  const waiting = new Map<string, { readonly cancel: () => void; readonly work: () => void }>();
  return {
    put(key: string, once: () => void): void {
      waiting.get(key)?.cancel();
      const work = () => {
        waiting.delete(key);
        once();
      };
      waiting.set(key, { work, cancel: clock.after(SOON_MS, work) });
    },
    flush(): void {
      for (const { cancel, work } of [...waiting.values()]) {
        cancel();
        work();
      }
    },
    clear(): void {
      for (const { cancel } of waiting.values()) cancel();
      waiting.clear();
    },
  };
}

/** Calls `onViewer` once it is known who is signed in, and whenever that changes. */
function followViewer(
  session: Observable<SessionState>,
  onViewer: (viewerId: string | null) => void,
): void {
  let last: string | null | undefined;
  session.subscribe(() => {
    const { status, viewerId } = session.getSnapshot();
    if (status === "unknown" || viewerId === last) return;
    last = viewerId;
    onViewer(viewerId);
  });
}

/**
 * The same for equal variables, in whatever order they are. The beginning of a list is one answer,
 * however much of it was asked for.
 */
function keyOf({ id }: Operation<unknown, never>, variables: object): string {
  const sorted = Object.entries(variables)
    .filter(([name, value]) => name !== "first" && value !== undefined && value !== null)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return `${id} ${JSON.stringify(sorted)}`;
}
