// Checks the history of an event's seats: replays the log of its stream by the rules as the README
// has them, without the code that decides, and compares the result with the tables.
import type { Events } from "./harness.ts";
import { modelOf, type Rules, seatsOf } from "./seat-model.ts";

/** A span of the log, from one entry on. */
export interface Era extends Rules {
  readonly from: number;
  readonly now: Date;
  readonly isCancelled: boolean;
}

interface Payload {
  readonly id: string;
  readonly attendeeId: string;
  readonly status: string;
  readonly partySize: number;
  readonly ticketTypeId: string | null;
  readonly offerExpiresAt: string | null;
}

interface State extends Payload {
  readonly requestedSeq: number;
  passes: number;
}

interface LogEntry {
  readonly seq: number;
  readonly payload: Payload;
}

type Say = (what: string) => void;

/** Replays a log. Returns the last states, and what broke a rule. */
function replay(entries: readonly LogEntry[], eras: readonly Era[]) {
  const states = new Map<string, State>();
  const wrong: string[] = [];
  for (const { seq, payload } of entries) {
    const era = eras.findLast(({ from }) => from <= seq);
    if (!era) throw new Error(`entry ${seq} is before all eras`);
    const former = states.get(payload.id);
    const say: Say = (what) => wrong.push(`${seq}: ${what}`);
    if (era.isCancelled) say("changed after the cancellation");
    if (former && told(former) === told(payload)) say("told twice");
    const next = {
      ...payload,
      requestedSeq: former?.requestedSeq ?? seq,
      passes: former?.passes ?? 0,
    };
    judgeSeats(era, states, former, next, say);
    if (former?.status === "WAITLISTED" && payload.partySize > former.partySize) next.passes = 0;
    judgeOffer(former, payload, era.now, say);
    states.set(payload.id, next);
  }
  return { states, wrong };
}

/** Judges an entry by which a party gets seats, and counts those whom it passes. */
function judgeSeats(
  era: Era,
  states: ReadonlyMap<string, State>,
  former: State | undefined,
  next: State,
  say: Say,
): void {
  const more = seatsOf(next) - seatsOf(former);
  if (more <= 0) return;
  const model = modelOf(
    era,
    [...states.values()].filter(({ id }) => id !== next.id || seatsOf(former) > 0),
  );
  if (!model.fits({ ...next, partySize: more })) say("oversold");
  const passed = model.waiting.filter((each) => model.isPassing(next, each));
  if (seatsOf(former) > 0) {
    if (passed.length > 0) say("grew past those who wait");
    return;
  }
  const isAhead = (each: { readonly requestedSeq: number }) =>
    each.requestedSeq < next.requestedSeq;
  for (const each of model.waiting.filter(isAhead)) {
    if (model.fits(each) && !model.isKeptFrom(each)) say(`${each.id} was ahead, and fitted`);
  }
  for (const each of passed.filter(isAhead)) {
    if (model.isExhausted(each)) say(`${each.id} was passed too often`);
  }
  for (const { id } of passed.filter(isAhead)) {
    const state = states.get(id);
    if (state) state.passes += 1;
  }
}

function told({ status, partySize, offerExpiresAt, ...rest }: Payload): string {
  return JSON.stringify([
    status,
    partySize,
    offerExpiresAt,
    "isTooLarge" in rest && rest.isTooLarge,
    "isReadmitted" in rest && rest.isReadmitted,
  ]);
}

function judgeOffer(
  former: State | undefined,
  next: Payload,
  now: Date,
  say: (what: string) => void,
): void {
  if (former?.status !== "OFFERED" || former.offerExpiresAt === null) return;
  const isOver = new Date(former.offerExpiresAt) <= now;
  if (next.status === "CONFIRMED" && isOver) say("accepted too late");
  if (next.status === "EXPIRED" && !isOver) say("expired too early");
}

interface EventRow {
  readonly taken: number;
  readonly offered: number;
  readonly waiting: number;
  readonly pending: number;
  readonly setAside: number;
  readonly typeCount: number;
  readonly isGiving: boolean;
}

type TypeRow = Omit<EventRow, "setAside" | "typeCount" | "isGiving"> & { readonly id: string };

/** The faults of an event now: in its log, its counters, its people's streams, its list. */
export async function mistakesOf(
  events: Events,
  eventId: string,
  eras: readonly Era[],
  now: Date,
): Promise<string[]> {
  const entries = await events.sql<LogEntry>(
    "select seq, payload from stream_entry where stream_id = $1 and type = 'registrationUpdated' order by seq",
    [`event:${eventId}`],
  );
  const { states, wrong } = replay(entries, eras);
  const rows = await events.sql<State>(
    `select id, status::text, party_size as "partySize", passes, requested_seq as "requestedSeq",
       ticket_type_id as "ticketTypeId"
     from registration where event_id = $1 order by requested_seq`,
    [eventId],
  );
  const short = (row: State) => {
    const passes = row.status === "WAITLISTED" ? row.passes : 0;
    return `${row.id} ${row.status} ${row.partySize} ${row.requestedSeq} ${passes}`;
  };
  const inLog = [...states.values()].sort((a, b) => a.requestedSeq - b.requestedSeq).map(short);
  if (inLog.join() !== rows.map(short).join()) wrong.push(`log ${inLog}, table ${rows.map(short)}`);
  const [event] = await events.sql<EventRow>(
    `select seats_taken as taken, seats_set_aside as "setAside",
       ticket_type_count as "typeCount", seats_offered as offered, waitlist_length as waiting,
       pending_count as pending,
       status = 'PUBLISHED' and ends_at > $2 and (offer_minutes is null or starts_at > $2)
         as "isGiving"
     from event where id = $1`,
    [eventId, now],
  );
  if (!event) throw new Error("no event");
  const types = await events.sql<TypeRow>(
    `select id, seats_taken as taken, seats_offered as offered, waitlist_length as waiting,
       pending_count as pending from ticket_type where event_id = $1`,
    [eventId],
  );
  const era = eras.at(-1);
  const model = era && modelOf(era, rows);
  const counted = [event.setAside, event.typeCount].join();
  const recounted = [model?.setAside, types.length].join();
  return [
    ...wrong,
    ...(counted === recounted ? [] : [`set aside ${counted}, recount ${recounted}`]),
    ...miscounted(event, rows),
    ...types.flatMap((type) =>
      miscounted(
        type,
        rows.filter(({ ticketTypeId }) => ticketTypeId === type.id),
      ),
    ),
    ...(event.isGiving && model ? undersold(model) : []),
    ...(await untold(events, eventId)),
  ];
}

function miscounted(counted: Omit<TypeRow, "id">, rows: readonly State[]): string[] {
  const sum = (statuses: readonly string[], of: (row: State) => number) =>
    rows.filter(({ status }) => statuses.includes(status)).reduce((all, row) => all + of(row), 0);
  const recount = [
    sum(["CONFIRMED", "CHECKED_IN", "NO_SHOW"], (row) => row.partySize),
    sum(["OFFERED"], (row) => row.partySize),
    sum(["WAITLISTED"], () => 1),
    sum(["PENDING_APPROVAL"], () => 1),
  ];
  const counters = [counted.taken, counted.offered, counted.waiting, counted.pending];
  return recount.join() === counters.join() ? [] : [`counters ${counters}, recount ${recount}`];
}

/** Nobody who fits waits, unless seats are kept for somebody ahead who was passed often enough. */
function undersold(model: ReturnType<typeof modelOf>): string[] {
  return model.waiting
    .filter((party) => model.fits(party) && !model.isKeptFrom(party))
    .map(({ id }) => `${id} fits and waits`);
}

/** Each change is in the person's own stream, in the same order. */
async function untold(events: Events, eventId: string): Promise<string[]> {
  const rows = await events.sql<{ who: string }>(
    `with own as (
       select payload->>'attendeeId' as who, array_agg(payload order by seq) as told
       from stream_entry where stream_id = 'event:' || $1 and type = 'registrationUpdated'
       group by 1
     )
     select who from own where told is distinct from (
       select array_agg(payload order by seq) from stream_entry
       where stream_id = 'person:' || who and payload->>'eventId' = $1
         and type = 'registrationUpdated')`,
    [eventId],
  );
  return rows.map(({ who }) => `${who} was told something else`);
}
