// Guarantees about a timeline: whatever mix of pages and events arrives, rendered early or late, it
// equals what the server would answer in the end.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  LATEST,
  messageFrom,
  type Place,
  SimulatedConversation,
  VIEWER,
} from "../../tests/kit/simulated-conversation.ts";
import type { ConversationEvent } from "./subscriptions.ts";
import { EMPTY, type Timeline, timelineOf, unreadIn, withEvent, withPage } from "./timeline.ts";

const STEPS = ["change", "deliver", "earlier", "later", "around", "answer"] as const;
type Step = readonly [(typeof STEPS)[number], number];

const someSteps = fc.array(
  fc.tuple(fc.constantFrom("change", "change", "deliver", ...STEPS), fc.nat({ max: 1 << 16 })),
  { minLength: 5, maxLength: 60 },
) as fc.Arbitrary<Step[]>;

/** A moment from `from` to now. */
const momentFrom = (from: number, server: SimulatedConversation, roll: number) =>
  from + (roll % (server.now - from + 1));

/** A screen whose page and events come late and in any mix. */
class Screen {
  readonly #server: SimulatedConversation;
  #position: number;
  #asked: (Place & { readonly time: number }) | null = null;
  #events: ConversationEvent[] = [];
  timeline: Timeline;

  /** The page is read after its `lastSeq`, so that it may have more. */
  constructor(server: SimulatedConversation, lastSeq: number) {
    this.#server = server;
    this.#position = lastSeq;
    this.timeline = timelineOf(server.page(server.now, LATEST), { events: [], viewerId: VIEWER });
  }

  act([step, roll]: Step): void {
    const { messages, earlierCursor, laterCursor } = this.timeline;
    if (step === "change") this.#server.change(roll);
    else if (step === "deliver") this.#deliver(roll);
    else if (step === "answer") this.#answer(roll);
    else if (step === "around") this.#ask({ kind: step, seq: roll % (this.#server.now + 1) });
    else if (step === "earlier" && earlierCursor) {
      this.#ask({ kind: step, seq: messages[0]?.seq ?? 0 });
    } else if (step === "later" && laterCursor) {
      this.#ask({ kind: step, seq: messages.at(-1)?.seq ?? 0 });
    }
  }

  settle(): void {
    this.#answer(0);
    while (this.#position < this.#server.now) this.#deliver(this.#position * 31);
  }

  #ask(place: Place): void {
    if (this.#asked) return;
    this.#asked = { ...place, time: this.#server.now };
    this.#events = [];
  }

  #answer(roll: number): void {
    if (!this.#asked) return;
    const { kind, time } = this.#asked;
    const page = this.#server.page(momentFrom(time, this.#server, roll), this.#asked);
    const meanwhile = { events: this.#events, viewerId: VIEWER };
    this.timeline =
      kind === "around"
        ? timelineOf(page, meanwhile)
        : withPage(this.timeline, kind, page, meanwhile);
    this.#asked = null;
  }

  #deliver(roll: number): void {
    if (this.#position === this.#server.now) return;
    this.#position += 1;
    const time = momentFrom(this.#position, this.#server, roll);
    const event = this.#server.event(this.#position, time);
    this.#events.push(event);
    this.timeline = withEvent(this.timeline, event, VIEWER);
  }
}

test("a timeline equals a refetch in the end", () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 1 << 16 }), { minLength: 10, maxLength: 40 }),
      fc.nat({ max: 4 }),
      someSteps,
      (opening, racing, steps) => {
        const server = new SimulatedConversation();
        for (const roll of opening) server.change(roll);
        const lastSeq = server.now;
        for (let at = 0; at < racing; at += 1) server.change(at * 977 + 5);
        const screen = new Screen(server, lastSeq);
        for (const step of steps) screen.act(step);
        screen.settle();
        const { messages, earlierCursor, laterCursor } = screen.timeline;
        const first = messages[0]?.seq ?? 0;
        const last = messages.at(-1)?.seq ?? 0;
        const all = (server.states[server.now] ?? []).map(messageFrom);
        expect(messages).toEqual(all.filter(({ seq }) => seq >= first && seq <= last));
        const [after, before] = [
          earlierCursor === null ? 0 : first,
          laterCursor === null ? Number.POSITIVE_INFINITY : last,
        ];
        const happenings = server.happeningsBetween(after, before, server.now);
        expect(screen.timeline.happenings).toEqual(happenings);
        expect(earlierCursor !== null).toBe(all.some(({ seq }) => seq < first));
        expect(laterCursor !== null).toBe(all.some(({ seq }) => seq > last));
      },
    ),
    { numRuns: 2_000 },
  );
});

test("unread are the messages of others behind the mark that are not deleted", () => {
  const base = { version: 1, given: [] };
  const timeline = {
    ...EMPTY,
    messages: [
      { ...base, id: "a", seq: 1, sender: "ada", body: "read" },
      { ...base, id: "b", seq: 2, sender: VIEWER, body: "own" },
      { ...base, id: "c", seq: 3, sender: "ada", body: null },
      { ...base, id: "d", seq: 4, sender: "ada", body: "new" },
    ].map(messageFrom),
  };
  expect(unreadIn(timeline, 1, VIEWER)).toBe(1);
  expect(unreadIn(timeline, 0, VIEWER)).toBe(2);
});
