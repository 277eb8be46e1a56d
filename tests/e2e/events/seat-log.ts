// Checks the history of an event's seats: replays the log of its stream by the rules as the README
// has them, without the code that decides, and compares the result with the tables.
import type { Events } from "./harness.ts";

/** A span of the log, from one entry on. */
export interface Era {
  readonly from: number;
  readonly now: Date;
  readonly capacity: number;
  readonly passesMax: number;
}

interface Payload {
  readonly id: string;
  readonly attendeeId: string;
  readonly status: string;
  readonly partySize: number;
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

const HOLDING = ["CONFIRMED", "OFFERED", "CHECKED_IN", "NO_SHOW"];
const seatsOf = (state: Payload | undefined) =>
  state && HOLDING.includes(state.status) ? state.partySize : 0;

/** Replays a log. Returns the last states, and what broke a rule. */
function replay(entries: readonly LogEntry[], eras: readonly Era[]) {
  const states = new Map<string, State>();
  const wrong: string[] = [];
  for (const { seq, payload } of entries) {
    const era = eras.findLast(({ from }) => from <= seq);
    if (!era) throw new Error(`entry ${seq} is before all eras`);
    const former = states.get(payload.id);
    const held = [...states.values()].reduce((sum, each) => sum + seatsOf(each), 0);
    const say = (what: string) => wrong.push(`${seq}: ${what}`);
    if (former && told(former) === told(payload)) say("told twice");
    const more = seatsOf(payload) - seatsOf(former);
    if (more > 0 && held + more > era.capacity) say("oversold");
    const next = {
      ...payload,
      requestedSeq: former?.requestedSeq ?? seq,
      passes: former?.passes ?? 0,
    };
    const others = [...states.values()].filter(({ id }) => id !== payload.id);
    const waiting = others.filter(({ status, partySize }) => {
      return status === "WAITLISTED" && partySize <= era.capacity;
    });
    if (seatsOf(former) === 0 && more > 0) {
      for (const each of waiting.filter((one) => one.requestedSeq < next.requestedSeq)) {
        if (each.partySize <= era.capacity - held) say(`${each.id} was ahead, and fitted`);
        if (each.passes >= era.passesMax) say(`${each.id} was passed too often`);
        each.passes += 1;
      }
    } else if (more > 0 && waiting.length > 0) say("grew past those who wait");
    if (former?.status === "WAITLISTED" && payload.partySize > former.partySize) next.passes = 0;
    judgeOffer(former, payload, era.now, say);
    states.set(payload.id, next);
  }
  return { states, wrong };
}

function told({ status, partySize, offerExpiresAt, ...rest }: Payload): string {
  return JSON.stringify([
    status,
    partySize,
    offerExpiresAt,
    "isTooLarge" in rest && rest.isTooLarge,
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
  readonly capacity: number;
  readonly taken: number;
  readonly offered: number;
  readonly waiting: number;
  readonly pending: number;
  readonly isGiving: boolean;
}

/** The faults of an event now: in its log, its counters, its people's streams, its list. */
export async function mistakesOf(
  events: Events,
  eventId: string,
  eras: readonly Era[],
  now: Date,
): Promise<string[]> {
  const entries = await events.sql<LogEntry>(
    "select seq, payload from stream_entry where stream_id = $1 order by seq",
    [`event:${eventId}`],
  );
  const { states, wrong } = replay(entries, eras);
  const rows = await events.sql<State>(
    `select id, status::text, party_size as "partySize", passes, requested_seq as "requestedSeq"
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
    `select capacity, seats_taken as taken, seats_offered as offered, waitlist_length as waiting,
       pending_count as pending,
       status = 'PUBLISHED' and ends_at > $2 and (offer_minutes is null or starts_at > $2)
         as "isGiving"
     from event where id = $1`,
    [eventId, now],
  );
  if (!event) throw new Error("no event");
  return [
    ...wrong,
    ...miscounted(event, rows),
    ...undersold(event, rows, eras),
    ...(await untold(events, eventId)),
  ];
}

function miscounted(event: EventRow, rows: readonly State[]): string[] {
  const sum = (statuses: readonly string[], of: (row: State) => number) =>
    rows.filter(({ status }) => statuses.includes(status)).reduce((all, row) => all + of(row), 0);
  const seated = HOLDING.filter((status) => status !== "OFFERED");
  const recount = [
    sum(seated, (row) => row.partySize),
    sum(["OFFERED"], (row) => row.partySize),
    sum(["WAITLISTED"], () => 1),
    sum(["PENDING_APPROVAL"], () => 1),
  ];
  const counters = [event.taken, event.offered, event.waiting, event.pending];
  return recount.join() === counters.join() ? [] : [`counters ${counters}, recount ${recount}`];
}

/** Nobody who fits waits, unless seats are kept for somebody ahead who was passed often enough. */
function undersold(event: EventRow, rows: readonly State[], eras: readonly Era[]): string[] {
  if (!event.isGiving) return [];
  const left = event.capacity - event.taken - event.offered;
  const passesMax = eras.at(-1)?.passesMax ?? 0;
  const waiting = rows.filter(
    ({ status, partySize }) => status === "WAITLISTED" && partySize <= event.capacity,
  );
  const kept = waiting.findIndex((row) => row.partySize > left && row.passes >= passesMax);
  const open = kept < 0 ? waiting : waiting.slice(0, kept);
  return open.filter(({ partySize }) => partySize <= left).map(({ id }) => `${id} fits and waits`);
}

/** Each change is in the person's own stream, in the same order. */
async function untold(events: Events, eventId: string): Promise<string[]> {
  const rows = await events.sql<{ who: string }>(
    `with own as (
       select payload->>'attendeeId' as who, array_agg(payload order by seq) as told
       from stream_entry where stream_id = 'event:' || $1 group by 1
     )
     select who from own where told is distinct from (
       select array_agg(payload order by seq) from stream_entry
       where stream_id = 'person:' || who and payload->>'eventId' = $1)`,
    [eventId],
  );
  return rows.map(({ who }) => `${who} was told something else`);
}
