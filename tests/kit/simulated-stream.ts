// Simulates a subgraph with one shared stream on the test's clock, without a network. It serves
// control streams and feeds like the kit, with a small delay for each step. A test can cut them.
import type { FormattedExecutionResult } from "graphql";
import type { UpstreamSink, UpstreamSubscription } from "../../router/upstream/subscriptions.ts";
import type { Choose } from "./random-graph.ts";

/** An entry of the log. It may remove a viewer, or add one again. */
export interface Entry {
  readonly seq: number;
  readonly out?: string;
  readonly in?: string;
}

type Sources = Map<symbol, { cut(): void; wake(): void }>;

export interface SimulatedStream {
  readonly log: readonly Entry[];
  /** False for viewers who are removed by the log, or blocked. */
  isMember(viewerId: string): boolean;
  isBlocked(viewerId: string): boolean;
  append(entry?: Omit<Entry, "seq">): void;
  /** Blocks or unblocks a viewer, without an entry. */
  block(viewerId: string, isBlocked: boolean): void;
  control(viewerId: string, after: number | undefined, sink: UpstreamSink): UpstreamSubscription;
  feed(position: number, sink: UpstreamSink): UpstreamSubscription;
  /** Breaks the open streams, as a lost socket does. */
  cut(which: "controls" | "feeds"): void;
  openNow(which: "controls" | "feeds"): number;
}

/** Pseudo-random choices from 0 to `most`, the same for the same seed. */
export function choices(seed: number): Choose {
  let state = seed;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % (most + 1);
  };
}

const PAGE = 3;
const KEY = "key";

export function simulateStream(choose: Choose, viewerIds: readonly string[]): SimulatedStream {
  const log: Entry[] = [];
  const members = new Set(viewerIds);
  const blocked = new Set<string>();
  const blocks: { readonly viewerId: string; readonly isBlocked: boolean; readonly at: number }[] =
    [];
  const controls: Sources = new Map();
  const feeds: Sources = new Map();
  const lag = () => new Promise<void>((resolve) => setTimeout(resolve, choose(8)));

  function wakeAll(): void {
    for (const { wake } of [...controls.values(), ...feeds.values()]) setTimeout(wake, choose(8));
  }

  /** The common part of control streams and feeds. `serve` ends when the stream is closed. */
  function open(
    sources: Sources,
    sink: UpstreamSink,
    serve: (source: Open) => Promise<string | null>,
  ): UpstreamSubscription {
    const name = Symbol("source");
    let isOpen = true;
    let answer: "taken" | "joined" | undefined;
    let wakeUp = () => {};
    const close = () => {
      isOpen = false;
      sources.delete(name);
      wakeUp();
    };
    const end = (code: string | null) => {
      if (!isOpen) return;
      close();
      sink.end(code === null ? null : [{ message: code, extensions: { code } }]);
    };
    const untilWoken = () =>
      new Promise<void>((resolve) => {
        wakeUp = resolve;
      });
    sources.set(name, { cut: () => end("SUBGRAPH_UNAVAILABLE"), wake: () => wakeUp() });
    void serve({
      isOpen: () => isOpen,
      async untilAnswered() {
        while (isOpen && !answer) await untilWoken();
        return answer;
      },
      untilWoken,
      async send(live, data = null) {
        await lag();
        if (isOpen) sink.event({ data, extensions: { live } } as FormattedExecutionResult);
      },
    }).then(end);
    return {
      cancel: close,
      consumed(isAwaited) {
        if (isAwaited) answer ??= "taken";
        wakeUp();
      },
      received() {},
      joined() {
        answer ??= "joined";
        wakeUp();
      },
    };
  }

  const isOutOf = (viewerId: string, at: number) => log[at]?.out === viewerId;

  async function serveControl(viewerId: string, after: number | undefined, source: Open) {
    await lag();
    if (!members.has(viewerId) || blocked.has(viewerId)) return "NOT_FOUND";
    const blocksBefore = blocks.length;
    const isBlocked = () =>
      blocks.slice(blocksBefore).some((each) => each.viewerId === viewerId && each.isBlocked);
    const head = log.length;
    let at = after ?? head;
    await source.send({ position: at, head, shareKey: KEY, more: true });
    let isSilent = (await source.untilAnswered()) === "joined";
    if (isSilent) at = Math.max(at, head);
    let left = PAGE;
    while (source.isOpen()) {
      if (isBlocked()) return "NOT_FOUND";
      if (!isSilent && (left === 0 || at >= log.length)) {
        isSilent = at >= log.length;
        left = PAGE;
        await source.send({ position: at, shareKey: KEY, more: !isSilent });
      } else if (at < log.length) {
        // Removals from before do not count for a current member.
        const isLast = at >= head && isOutOf(viewerId, at);
        at += 1;
        left -= 1;
        if (!isSilent) await source.send({ position: at, previous: at - 1 }, { seq: at });
        if (isLast) {
          await source.send({ position: at, last: true });
          return null;
        }
      } else await source.untilWoken();
    }
    return null;
  }

  async function serveFeed(position: number, source: Open) {
    await lag();
    let at = position;
    let blocksAt = blocks.length;
    await source.send({ opened: at });
    while (source.isOpen()) {
      const block = blocks[blocksAt];
      const entry = log[at];
      if (block && block.at <= at) {
        blocksAt += 1;
        if (block.isBlocked) await source.send({ position: at, revoked: [block.viewerId] });
      } else if (entry) {
        at += 1;
        const revoked = entry.out === undefined ? {} : { revoked: [entry.out] };
        await source.send({ position: at, previous: at - 1, ...revoked }, { seq: at });
      } else await source.untilWoken();
    }
    return null;
  }

  return {
    log,
    isMember: (viewerId) => members.has(viewerId),
    isBlocked: (viewerId) => blocked.has(viewerId),
    append(entry = {}) {
      log.push({ seq: log.length + 1, ...entry });
      if (entry.out) members.delete(entry.out);
      if (entry.in) members.add(entry.in);
      wakeAll();
    },
    block(viewerId, isBlocked) {
      if (isBlocked) blocked.add(viewerId);
      else blocked.delete(viewerId);
      blocks.push({ viewerId, isBlocked, at: log.length });
      wakeAll();
    },
    control: (viewerId, after, sink) =>
      open(controls, sink, (source) => serveControl(viewerId, after, source)),
    feed: (position, sink) => open(feeds, sink, (source) => serveFeed(position, source)),
    cut(which) {
      for (const { cut } of [...(which === "controls" ? controls : feeds).values()]) cut();
    },
    openNow: (which) => (which === "controls" ? controls : feeds).size,
  };
}

interface Open {
  isOpen(): boolean;
  /** Resolves when the receiver has consumed the page or joined the feed. Undefined if closed. */
  untilAnswered(): Promise<"taken" | "joined" | undefined>;
  /** Resolves at the next entry, block, answer or close. */
  untilWoken(): Promise<void>;
  send(live: Readonly<Record<string, unknown>>, data?: unknown): Promise<void>;
}
