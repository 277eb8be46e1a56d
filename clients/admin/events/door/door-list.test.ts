// Guarantees about the counters of a gate: a change that happens while the list is read is counted,
// and counters never become older.
import type { ApolloClient } from "@apollo/client";
import { expect, test } from "vitest";
import { DoorList } from "./door-list.ts";
import type { GateState } from "./gate-state.ts";

const countersOf = (seatsCheckedIn: number) => ({ seatsCheckedIn, seatsTaken: 3, seatsLeft: 7 });

const listOf = (seq: number, seatsCheckedIn: number) => ({
  ticketKeys: [],
  event: {
    ...{ title: "Door", startsAt: "2026-12-24T18:00:00.000Z", timeZone: "UTC", ticketTypes: [] },
    ...countersOf(seatsCheckedIn),
    doorList: { seq, edges: [], pageInfo: { hasNextPage: false, endCursor: null } },
  },
});

/** A list over a graph that answers so, in this order. */
function listOver(answers: readonly (() => Promise<object>)[]) {
  const left = [...answers];
  let tell: (update: object) => void = () => {};
  const apollo = {
    query: async () => ({ data: await left.shift()?.() }),
    subscribe: () => ({
      subscribe: ({ next }: { next: (result: object) => void }) => {
        tell = (registrationUpdated) => next({ data: { registrationUpdated } });
        return { unsubscribe: () => {} };
      },
    }),
  } as unknown as ApolloClient;
  let state: Partial<GateState> = {};
  const list = new DoorList({ apollo, eventId: "e", viewerId: "v" }, (change) => {
    state = { ...state, ...change };
  });
  return {
    list,
    come: () => state.counters?.seatsCheckedIn,
    told: (seq: number, seatsCheckedIn: number) =>
      tell({ seq, registration: null, event: countersOf(seatsCheckedIn) }),
  };
}

test("a change between the counters and the position of a list is counted", async () => {
  // The first answer has the position behind a check-in, and the counters from before it.
  const { list, come } = listOver([async () => listOf(6, 0), async () => listOf(6, 1)]);
  await list.refresh();
  expect(come()).toBe(1);
});

test("an answer that is older than a change that was told counts nothing", async () => {
  const late: ((answer: object) => void)[] = [];
  const answers = [
    async () => listOf(5, 0),
    async () => listOf(5, 0),
    () => new Promise<object>((resolve) => void late.push(resolve)),
  ];
  const { list, come, told } = listOver(answers);
  await list.refresh();
  const again = list.refresh();
  told(6, 1);
  late[0]?.(listOf(5, 0));
  await again;
  expect(come()).toBe(1);
});
