// The life of a registration as a table: in each state, what each thing that a person or an
// organizer can do is answered, and the state after it. What changes is an entry of the event's
// stream, and what changes nothing is none.
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../../kit/data/id.ts";
import { checkIn } from "../../../subgraphs/events/door/check-ins/actions.ts";
import {
  approveRegistrations,
  declineRegistration,
  readmitAttendee,
} from "../../../subgraphs/events/seats/approvals/actions.ts";
import { answerOffer } from "../../../subgraphs/events/seats/offers/actions.ts";
import { changePartySize } from "../../../subgraphs/events/seats/parties/actions.ts";
import {
  cancelRegistration,
  registerForEvent,
} from "../../../subgraphs/events/seats/registrations/actions.ts";
import { type EventSettings, type Events, openEvents } from "./harness.ts";

const NOW = new Date("2026-05-04T12:00:00Z");
/** The door is open, and nothing has begun. */
const LATER = new Date(NOW.getTime() + 20 * 3_600_000);
const OFFER_MINUTES = 60;

let events: Events;
beforeAll(async () => {
  events = await openEvents();
});
afterAll(() => events.close());

/** A registration of ada, at an event of olga. */
interface Case {
  readonly eventId: string;
  readonly id: string;
  readonly ada: string;
  readonly olga: string;
}

async function join(who: string, eventId: string, now = NOW): Promise<string> {
  const request = {
    eventId,
    partySize: 1,
    isHidden: false,
    ticketTypeId: null,
    ticketCode: null,
    answers: [],
    idempotencyKey: null,
  };
  const outcome = await registerForEvent(events.context(who, now), request);
  if (outcome.kind !== "registered") throw new Error(outcome.kind);
  return outcome.registration.id;
}

async function registered(settings: EventSettings = {}): Promise<Case> {
  const [ada, olga] = [newId(), newId()];
  const eventId = await events.event(olga, NOW, { capacity: 2, ...settings });
  return { eventId, ada, olga, id: await join(ada, eventId) };
}

/** Behind bob, who has the only seat. */
async function waiting(settings: EventSettings = {}) {
  const [ada, olga, bob] = [newId(), newId(), newId()];
  const eventId = await events.event(olga, NOW, { capacity: 1, ...settings });
  const first = await join(bob, eventId);
  const made = { eventId, ada, olga, id: await join(ada, eventId) };
  const leave = (now: Date) => cancelRegistration(events.context(bob, now), first);
  return { made, leave };
}

async function offered(now: Date): Promise<Case> {
  const { made, leave } = await waiting({ offerMinutes: OFFER_MINUTES });
  await leave(now);
  return made;
}

async function scanned({ id, eventId, olga }: Case) {
  const context = events.context(olga, LATER);
  const code = context.tickets.codeOf(eventId, { registrationId: id, seat: 1, ticketVersion: 1 });
  return checkIn(context, eventId, { code, nonce: newId(), gate: "", scannedAt: null });
}

async function after(made: Promise<Case>, work: (made: Case) => Promise<unknown>): Promise<Case> {
  const known = await made;
  await work(known);
  return known;
}

const STATES: Readonly<Record<string, () => Promise<Case>>> = {
  PENDING_APPROVAL: () => registered({ isApprovalRequired: true }),
  WAITLISTED: async () => (await waiting()).made,
  OFFERED: () => offered(LATER),
  CONFIRMED: () => registered(),
  CHECKED_IN: () => after(registered(), scanned),
  NO_SHOW: () =>
    after(registered(), ({ id }) =>
      events.sql("update registration set status = 'NO_SHOW' where id = $1", [id]),
    ),
  DECLINED: () =>
    after(registered({ isApprovalRequired: true }), ({ id, olga }) =>
      declineRegistration(events.context(olga, NOW), id, "A reason"),
    ),
  "DECLINED an offer": () =>
    after(offered(LATER), ({ id, ada }) => answerOffer(events.context(ada, LATER), id, "decline")),
  EXPIRED: () => after(offered(NOW), () => events.work(LATER)),
  CANCELLED: () =>
    after(registered(), ({ id, ada }) => cancelRegistration(events.context(ada, NOW), id)),
  "CANCELLED by the organizer": () =>
    after(registered(), ({ id, olga }) => cancelRegistration(events.context(olga, NOW), id)),
};

type Deed = (made: Case) => Promise<{ readonly kind: string } | undefined>;

const DEEDS: Readonly<Record<string, Deed>> = {
  "registers again": ({ ada, eventId }) =>
    registerForEvent(events.context(ada, LATER), {
      ...{
        eventId,
        partySize: 1,
        isHidden: false,
        ticketTypeId: null,
        ticketCode: null,
        answers: [],
        idempotencyKey: null,
      },
    }),
  "party of 2": ({ ada, id }) => changePartySize(events.context(ada, LATER), id, 2),
  accepts: ({ ada, id }) => answerOffer(events.context(ada, LATER), id, "accept"),
  declines: ({ ada, id }) => answerOffer(events.context(ada, LATER), id, "decline"),
  cancels: ({ ada, id }) => cancelRegistration(events.context(ada, LATER), id),
  "is approved": async ({ olga, id }) =>
    (await approveRegistrations(events.context(olga, LATER), [id]))[0],
  "is declined": ({ olga, id }) => declineRegistration(events.context(olga, LATER), id, null),
  "is removed": ({ olga, id }) => cancelRegistration(events.context(olga, LATER), id),
  "is readmitted": ({ olga, id }) => readmitAttendee(events.context(olga, LATER), id),
  "shows a ticket": scanned,
};

interface State {
  readonly status: string;
  readonly by: string | null;
  readonly row: string;
}

async function stateOf(id: string): Promise<State> {
  const [state] = await events.sql<State>(
    `select status::text, cancelled_by::text as by,
       (to_jsonb(r) - 'changed_seq' - 'confirmed_seq')::text as row
     from registration r where id = $1`,
    [id],
  );
  if (!state) throw new Error(`no registration ${id}`);
  return state;
}

/** The number of entries of the event's stream that tell the registration. */
async function entriesOf({ eventId, id }: Case): Promise<number> {
  const text =
    "select seq from stream_entry where stream_id = 'event:' || $1 and payload->>'id' = $2";
  return (await events.sql(text, [eventId, id])).length;
}

/** The answer to a deed in a state, and the state after it if that is another one. */
async function cell(make: () => Promise<Case>, deed: Deed): Promise<string> {
  const made = await make();
  const [before, entries] = [await stateOf(made.id), await entriesOf(made)];
  const outcome = await deed(made);
  const [state, told] = [await stateOf(made.id), await entriesOf(made)];
  expect(told - entries).toBe(state.row === before.row ? 0 : 1);
  const by = state.by ? ` by ${state.by}` : "";
  return state.status === before.status
    ? `${outcome?.kind}`
    : `${outcome?.kind}: ${state.status}${by}`;
}

test("each deed in each state has one answer, and each change is told once", async () => {
  const rows: string[] = [];
  for (const [state, make] of Object.entries(STATES)) {
    rows.push(state);
    for (const [name, deed] of Object.entries(DEEDS)) {
      rows.push(`  ${name.padEnd(16)} ${await cell(make, deed)}`);
    }
  }
  await expect(`${rows.join("\n")}\n`).toMatchFileSnapshot("registration-states.txt");
}, 180_000);
