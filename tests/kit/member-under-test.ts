// One member of a feed whose control streams, feed and client a test controls, and the frames that
// it may receive.
import type { GraphQLError } from "graphql";
import { vi } from "vitest";
import type { FeedMember, SharedFeed, SharedFrame } from "../../router/subscriptions/feed.ts";
import { openMember } from "../../router/subscriptions/member.ts";
import type { UpstreamSink } from "../../router/upstream/subscriptions.ts";

/** Runs everything that needs no time. */
const soon = () => vi.advanceTimersByTimeAsync(0);
/** The errors with which a control stream ends. */
export const failure = (code: string) => [{ message: "", extensions: { code } }];
/** A frame of a control stream. */
export const live = (live: object, data: object | null = null) =>
  ({ data, extensions: { live } }) as never;
/** The first checkpoint of a viewer who was authorized when the head was at `head`. */
export const firstCheckpoint = (position: number, head = position) =>
  live({ position, head, shareKey: "k", more: true });
/** The checkpoint after a page. */
export const checkpoint = (position: number, more: boolean) =>
  live({ position, shareKey: "k", more });
export const replayed = (position: number) =>
  live({ position, previous: position - 1 }, { seq: position });
/** A frame of the feed. */
export const frame = (position: number, more: Partial<SharedFrame> = {}): SharedFrame => ({
  position,
  previous: position - 1,
  revoked: [],
  payload: Buffer.from(String(position)),
  ...more,
});
/** A frame of the feed that only revokes viewers. */
export const revocation = (position: number, ...revoked: string[]) =>
  frame(position, { previous: position, payload: null, revoked });

/** A member whose control streams, feed and client the test controls. */
export function aMember(isSlow = false) {
  const controlPositions: (number | undefined)[] = [];
  const controls: (Record<"cancel" | "consumed" | "joined" | "received", () => void> & {
    readonly sink: UpstreamSink;
  })[] = [];
  const feed = { ring: [] as SharedFrame[], position: null as number | null };
  const feedPositions: number[] = [];
  const joined = new Set<FeedMember>();
  const received: unknown[] = [];
  const [unregistered, onEnd] = [vi.fn(), vi.fn()];
  const sharedFeed: SharedFeed = {
    get isOpen() {
      return feed.position !== null;
    },
    framesAfter(position) {
      if (position >= (feed.position ?? 0)) return [];
      const from = feed.ring.findIndex(({ previous }) => previous === position);
      return from < 0 ? null : feed.ring.slice(from);
    },
    join: (own) => joined.add(own),
    leave: (own) => joined.delete(own),
  };
  const client = { over: (_reason: GraphQLError) => {} };
  const cancel = openMember(
    {
      viewerId: "me",
      traceId: "",
      openControl(position, sink) {
        controlPositions.push(position);
        const control = {
          sink,
          cancel: vi.fn(),
          consumed: vi.fn(),
          joined: vi.fn(),
          received: vi.fn(),
        };
        controls.push(control);
        return control;
      },
      feedOf(_key, position) {
        feedPositions.push(position);
        return sharedFeed;
      },
      complete: async ({ data }) => ({ data: data ?? null }),
      openOrdinary: (listener) => {
        listener.next(Buffer.from("ordinary"), false);
        return () => received.push("cancelled");
      },
      whenOver(onOver) {
        client.over = onOver;
        return unregistered;
      },
      onEnd,
    },
    {
      ...{ isDrained: () => !isSlow, whenDrained: () => {} },
      next(payload) {
        const text = String(payload);
        received.push(text.startsWith("{") ? `replayed ${JSON.parse(text).data.seq}` : text);
      },
      end: (errors) => received.push(errors ? errors[0]?.extensions?.code : "complete"),
    },
  );
  const control = () => {
    const last = controls.at(-1);
    if (!last) throw new Error("no control stream is open");
    return last;
  };
  return {
    controlPositions,
    controls,
    control,
    feed,
    feedPositions,
    joined,
    received,
    unregistered,
    onEnd,
    cancel,
    client,
    async controlSends(...events: readonly never[]) {
      for (const event of events) control().sink.event(event);
      await soon();
    },
    async feedSends(...frames: readonly SharedFrame[]) {
      for (const each of frames) {
        feed.position = each.position;
        for (const own of joined) own.receive([each]);
      }
      await soon();
    },
    opened(at: number) {
      feed.position = at;
      for (const own of joined) own.opened(at);
    },
  };
}
