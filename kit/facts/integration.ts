// The shapes and names that subgraphs exchange over Redis: integration events, and a consumer's
// requests for pages that it cannot read from the stream.
import { z } from "zod";

/** A fact with its position among all facts of its source. */
export const integrationEvent = z.object({
  /** Gapless, from 1, for each source. */
  position: z.number(),
  topic: z.string(),
  key: z.string(),
  version: z.number(),
  payload: z.unknown(),
  /** When the fact was added to the outbox, in milliseconds since the epoch. */
  toldAtMs: z.number(),
  /** The trace of its cause, if it is sampled; missing from an older release. */
  trace: z.string().nullish(),
});

export type IntegrationEvent = z.infer<typeof integrationEvent>;

/** An offset in an outbox; the epoch is null when it was stored before epochs existed. */
export interface Offset {
  readonly position: number;
  /** Tells one history of the outbox from another, for example after a restore. */
  readonly epoch: string | null;
}

/** A request for a page: of the events behind a position, or of the states of all aggregates. */
export const pageRequest = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("replay"),
    replyTo: z.string(),
    expiresAtMs: z.number(),
    after: z.number(),
    /** The epoch to which `after` belongs, if the consumer knows it. */
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

/** `isComplete` is false when the outbox no longer has the event right behind `after`. */
export const replayPage = z.object({
  epoch: z.uuid(),
  isComplete: z.boolean(),
  events: z.array(integrationEvent),
});

export type ReplayPage = z.infer<typeof replayPage>;

/** `position` was read before the states, so every later change has a later position. */
export const snapshotPage = z.object({
  epoch: z.uuid(),
  position: z.number(),
  facts: z.array(integrationEvent.omit({ position: true, toldAtMs: true, trace: true })),
  next: z.string().nullable(),
});

export type SnapshotPage = z.infer<typeof snapshotPage>;

/** The keys in Redis; `prefix` lets two stacks share one server. */
export function integrationKeys(prefix: string, source: string) {
  const stream = `${prefix}:integration:${source}`;
  return {
    /** The Redis Stream. The id of an entry is `<position>-0`. */
    stream,
    /** The position of the last event that the owner has published. */
    head: `${stream}:head`,
    /** The epoch of the stream's outbox; written together with the head. */
    epoch: `${stream}:epoch`,
    /** The list of page requests. */
    requests: `${stream}:requests`,
    /** The list that receives one answer. */
    reply: (id: string) => `${stream}:reply:${id}`,
  };
}

export type IntegrationKeys = ReturnType<typeof integrationKeys>;

/** Resolves after `ms`, or as soon as `signal` aborts. */
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
