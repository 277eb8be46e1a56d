// A minimal client of control streams and feeds, without a router: one feed with a small ring for
// all viewers of a conversation, and a control stream and a position for each. Tests can switch off
// parts of the join rule to see the damage.
import { setTimeout as sleep } from "node:timers/promises";
import { AUDIENCE, asViewer } from "../../kit/subgraph-socket.ts";
import { type Frame, type Live, listen } from "./operation.ts";

const RING_SIZE = 8;
/** Many times the interval of checkpoints, which deliver revocations that the bus has lost. */
const REVOKED_WITHIN_MS = 5_000;
const WATCH = `subscription($conversationId: ID!, $after: Int) {
  conversationEvents(conversationId: $conversationId, after: $after) { seq } }`;

export interface Delivery {
  readonly seq: number;
  readonly by: "feed" | "control";
}

/** A viewer of the feed: the received entries, and the reason of the end. */
export interface JoinedViewer {
  readonly personId: string;
  readonly deliveries: readonly Delivery[];
  /** The start position. Undefined before the authorization. */
  readonly start: number | undefined;
  readonly position: number | undefined;
  readonly end: string | undefined;
}

export interface Joiner {
  join(personId: string, after?: number): JoinedViewer;
  /** Resolves when every viewer has ended or receives the feed. */
  untilLive(): Promise<void>;
  /**
   * Resolves when every viewer is at this position or has ended, and all removed viewers have ended
   * or had enough time to end.
   */
  untilCaughtUp(position: number, isIn: (personId: string) => boolean): Promise<void>;
  stop(): void;
}

interface JoinerOptions {
  readonly conversationId: string;
  /** The URL of a running replica. Called for each connection. */
  replica(): string;
  /** The part of the rule to skip: comparing positions, or ending viewers whom the feed revokes. */
  readonly without?: "positions" | "revocation";
}

interface Member {
  readonly personId: string;
  readonly deliveries: Delivery[];
  start: number | undefined;
  position: number | undefined;
  end: string | undefined;
  isLive: boolean;
  /** The entry of their removal, from the control stream. */
  last: number;
  /** Cancels the control stream. */
  cancel: () => void;
}

export function createJoiner(options: JoinerOptions): Joiner {
  const members = new Set<Member>();
  const arrivals = new Set<() => void>();
  const believesFrames = options.without === "positions";
  const isInBand = options.without !== "revocation";
  const shared = { position: undefined as number | undefined, ring: [] as Frame[], isOpen: false };
  let isStopped = false;

  const notify = () => {
    for (const arrive of arrivals) arrive();
    arrivals.clear();
  };

  async function untilEach(isSo: (member: Member) => boolean): Promise<void> {
    while (![...members].every(isSo)) {
      await new Promise<void>((resolve) => {
        arrivals.add(resolve);
      });
    }
  }

  function end(member: Member, reason: string): void {
    member.end ??= reason;
    member.cancel();
    notify();
  }

  function deliver(member: Member, seq: number, by: Delivery["by"]): void {
    member.deliveries.push({ seq, by });
    member.position = seq;
    if (seq >= member.last) end(member, "out");
    notify();
  }

  /** Delivers frames of the ring to a viewer. Opens a new control stream on a gap. */
  function pump(member: Member): void {
    if (!member.isLive || shared.position === undefined) return;
    for (const { position, previous, revoked } of shared.ring) {
      if (member.end !== undefined) return;
      const mine = member.position ?? 0;
      if (position <= mine) continue;
      if (previous !== mine && !believesFrames) {
        openControl(member);
        return;
      }
      deliver(member, position, "feed");
      if (isInBand && revoked?.includes(member.personId)) end(member, "out");
    }
    const mine = member.position ?? 0;
    if (member.end === undefined && mine < shared.position && !believesFrames) openControl(member);
  }

  function take(frame: Live): void {
    if (frame.opened !== undefined) {
      const { position: head = 0 } = shared.ring.at(-1) ?? {};
      if (frame.opened > head) shared.ring = [];
      shared.position = frame.opened;
    } else if (frame.previous === undefined) {
      // They may have returned meanwhile: the subgraph decides.
      for (const member of members) {
        if (member.isLive && frame.revoked?.includes(member.personId)) openControl(member);
      }
      return;
    } else {
      shared.ring.push(frame as Frame);
      if (shared.ring.length > RING_SIZE) shared.ring.shift();
      shared.position = frame.position;
    }
    for (const member of members) pump(member);
    notify();
  }

  /** Follows the feed, and opens it again at any replica when it breaks. */
  async function follow(shareKey: string): Promise<void> {
    if (shared.isOpen) return;
    shared.isOpen = true;
    while (!isStopped) {
      const variables = { conversationId: options.conversationId };
      const request = {
        query: WATCH,
        variables,
        identity: AUDIENCE,
        live: { mode: "feed", shareKey },
      };
      await listen(options.replica(), request, take).finished;
      shared.position = undefined;
    }
  }

  function openControl(member: Member): void {
    member.cancel();
    member.isLive = false;
    const receive = (live: Live) => {
      const { position, more, last } = live;
      if (position === undefined || member.end !== undefined) return;
      if (last) {
        member.last = position;
        if ((member.position ?? 0) >= position || !isInBand) end(member, "out");
      } else if (more === undefined) {
        if (position > (member.position ?? 0)) deliver(member, position, "control");
      } else {
        member.start ??= position;
        member.position ??= position;
        void follow(`conversation:${options.conversationId}`);
        if (more) return;
        member.isLive = true;
        pump(member);
        notify();
      }
    };
    const control = listen(
      options.replica(),
      {
        query: WATCH,
        variables: { conversationId: options.conversationId, after: member.position ?? null },
        identity: asViewer(member.personId),
        live: { mode: "control" },
      },
      receive,
    );
    member.cancel = control.cancel;
    void control.finished.then((code) => {
      if (control.isCancelled() || isStopped || member.end !== undefined) return;
      if (code === "SUBGRAPH_UNAVAILABLE") openControl(member);
      // A removed viewer waits for the last visible entries, unless nothing can deliver them.
      else if (code !== null || shared.position === undefined) end(member, code ?? "out");
    });
  }

  return {
    join(personId, after) {
      const member: Member = {
        personId,
        deliveries: [],
        start: after,
        position: after,
        end: undefined,
        isLive: false,
        last: Number.POSITIVE_INFINITY,
        cancel: () => {},
      };
      members.add(member);
      openControl(member);
      return member;
    },
    untilLive: () =>
      untilEach(
        ({ end, isLive }) => end !== undefined || (isLive && shared.position !== undefined),
      ),
    async untilCaughtUp(position, isIn) {
      await untilEach(({ end, position: mine }) => end !== undefined || mine === position);
      // A block is no entry, so no position shows that it has arrived.
      const over = untilEach(({ end, personId }) => end !== undefined || isIn(personId));
      await Promise.race([over, sleep(REVOKED_WITHIN_MS, undefined, { ref: false })]);
    },
    stop() {
      isStopped = true;
      for (const member of members) member.cancel();
    },
  };
}
