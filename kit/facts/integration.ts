// What travels between subgraphs over Redis: the integration event, the stream it stands in, and
// how a consumer asks the owner for what the stream has no more. Pure shapes and names.
import { z } from "zod";

/** A fact with its place among all facts of its source. */
export const integrationEvent = z.object({
  /** Gapless, from 1, for each source. */
  position: z.number(),
  topic: z.string(),
  key: z.string(),
  version: z.number(),
  payload: z.unknown(),
  /** When it was told, in milliseconds since the epoch. */
  toldAtMs: z.number(),
});

export type IntegrationEvent = z.infer<typeof integrationEvent>;

/** A place in an outbox; the epoch is null when it is older than epochs are. */
export interface Offset {
  readonly position: number;
  /** Tells one outbox, or one history of it, from another of the same subgraph. */
  readonly epoch: string | null;
}

/** A consumer asks for a page: of the events behind a position, or of the state of everything. */
export const pageRequest = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("replay"),
    replyTo: z.string(),
    expiresAtMs: z.number(),
    after: z.number(),
    /** The outbox in which `after` is a position, if the consumer knows. */
    epoch: z.string().nullable(),
  }),
  z.object({
    kind: z.literal("snapshot"),
    replyTo: z.string(),
    expiresAtMs: z.number(),
    cursor: z.string().nullable(),
  }),
]);

export type PageRequest = z.infer<typeof pageRequest>;

/** `isComplete` is false when the outbox no longer has what comes right behind `after`. */
export const replayPage = z.object({
  epoch: z.uuid(),
  isComplete: z.boolean(),
  events: z.array(integrationEvent),
});

export type ReplayPage = z.infer<typeof replayPage>;

/** `position` was read before the states, so whatever they lack comes behind it. */
export const snapshotPage = z.object({
  epoch: z.uuid(),
  position: z.number(),
  facts: z.array(integrationEvent.omit({ position: true, toldAtMs: true })),
  next: z.string().nullable(),
});

export type SnapshotPage = z.infer<typeof snapshotPage>;

/** The names in Redis; `prefix` lets two stacks share one server. */
export function integrationKeys(prefix: string, source: string) {
  const stream = `${prefix}:integration:${source}`;
  return {
    /** The Redis Stream. The id of an entry is `<position>-0`. */
    stream,
    /** The position of the last event that the owner has published. */
    head: `${stream}:head`,
    /** Which outbox the stream is made of; written together with the head. */
    epoch: `${stream}:epoch`,
    /** The list of the requests for pages. */
    requests: `${stream}:requests`,
    /** The list in which one answer arrives. */
    reply: (id: string) => `${stream}:reply:${id}`,
  };
}

export type IntegrationKeys = ReturnType<typeof integrationKeys>;

/** Waits, but no longer than until `signal` aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener("abort", done);
  });
}
