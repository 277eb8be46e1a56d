// Makes, changes, deletes and orders the ticket types of an event, behind the lock of its stream.
// Seats that a change frees go to the list in the same transaction.
import { isId, newId } from "#kit/data/id";
import { fold } from "#kit/input/fold";
import { invariant } from "#kit/invariant";
import type { Change } from "#kit/live/changes";
import type { Context } from "../../context.ts";
import type { Transaction } from "../../database.ts";
import { codeHashOf, isEmptyCode } from "../../hidden-types.ts";
import { appendEventChange } from "../../seats/entries.ts";
import { sweepChanged } from "../../seats/sweep.ts";
import { type Cancelled, cancelledOf, hasEnded } from "../../times.ts";
import { changeEvent, NOT_FOUND } from "../changing.ts";
import { type EventRow, findEvent } from "../events/store.ts";
import {
  emptied,
  hasChanged,
  judgeType,
  movedTo,
  patched,
  TICKET_TYPES_MAX,
  type TicketTypeFields,
  type TicketTypePatch,
  type TypeMistake,
  type TypeVerdict,
  typeMistakes,
} from "./rules.ts";
import {
  countActiveOf,
  findTicketTypes,
  insertTicketType,
  listTicketTypes,
  orderTicketTypes,
  recountTypes,
  deleteTicketType as remove,
  updateTicketType as store,
  type TicketTypeRow,
} from "./store.ts";

type Closed = Cancelled | { readonly kind: "ended"; readonly endedAt: Date };
type Refused = Exclude<TypeVerdict, { readonly kind: "fits" }>;
type Invalid = { readonly kind: "invalid"; readonly mistakes: readonly TypeMistake[] };
type Stored = { readonly ticketType: TicketTypeRow; readonly event: EventRow };

export type CreateOutcome =
  | ({ readonly kind: "created" } & Stored)
  | { readonly kind: "tooMany"; readonly ticketTypesMax: number }
  | Invalid
  | Refused
  | Closed
  | typeof NOT_FOUND;

/** Adds a type to an event, behind its others. */
export async function createTicketType(
  context: Context,
  eventId: string,
  fields: TicketTypeFields,
  code: string | null,
): Promise<CreateOutcome> {
  return changeEvent<CreateOutcome>(context, eventId, async (change, event) => {
    const closed = closedOf(event, context.now());
    if (closed) return closed;
    const mistakes = typeMistakes(fields, { ...givenCode(code), isStored: false });
    if (mistakes.length > 0) return { kind: "invalid", mistakes };
    const others = await listTicketTypes(change.tx, [eventId]);
    if (others.length >= TICKET_TYPES_MAX) {
      return { kind: "tooMany", ticketTypesMax: TICKET_TYPES_MAX };
    }
    const verdict = judgeType(
      keyed(fields),
      { before: null, others: others.map(keyed) },
      event.capacity,
    );
    if (verdict.kind !== "fits") return verdict;
    const id = newId();
    const position = Math.max(-1, ...others.map((other) => other.position)) + 1;
    const codeHash = code === null ? null : codeHashOf(id, code);
    await insertTicketType(change.tx, { ...fields, id, eventId, position, codeHash });
    return { kind: "created", ...(await settled(change, eventId, id, context.now())) };
  });
}

export type UpdateOutcome =
  | ({ readonly kind: "updated" } & Stored)
  | { readonly kind: "outdated"; readonly ticketType: TicketTypeRow }
  | { readonly kind: "emptied"; readonly fields: readonly string[] }
  | Invalid
  | Refused
  | Closed
  | typeof NOT_FOUND;

/** Changes a type. A change that is done already is none, whatever version it expects. */
export async function updateTicketType(
  context: Context,
  id: string,
  patch: TicketTypePatch,
  {
    code,
    expectedVersion,
  }: { readonly code: string | null; readonly expectedVersion: number | null },
): Promise<UpdateOutcome> {
  const fields = emptied(patch);
  if (fields.length > 0) return { kind: "emptied", fields };
  return changeType<UpdateOutcome>(context, id, async (change, event, types) => {
    const type = types.find((each) => each.id === id);
    if (!type) return NOT_FOUND;
    const after = patched(type, patch);
    const given = code === null ? type.codeHash : codeHashOf(id, code);
    const codeHash = after.isHidden ? given : null;
    if (!hasChanged(type, after) && codeHash === type.codeHash) {
      return { kind: "updated", ticketType: type, event };
    }
    const closed = closedOf(event, context.now());
    if (closed) return closed;
    if (expectedVersion !== null && expectedVersion !== type.version) {
      return { kind: "outdated", ticketType: type };
    }
    const isStored = type.codeHash !== null;
    const mistakes = typeMistakes(after, { ...givenCode(code), isStored });
    if (mistakes.length > 0) return { kind: "invalid", mistakes };
    const others = types.filter((each) => each !== type);
    const verdict = judgeType(
      keyed(after),
      { before: keyed(type), others: others.map(keyed) },
      event.capacity,
    );
    if (verdict.kind !== "fits") return verdict;
    await store(change.tx, id, { ...after, codeHash });
    return { kind: "updated", ...(await settled(change, event.id, id, context.now())) };
  });
}

export type DeleteOutcome =
  | { readonly kind: "deleted"; readonly event: EventRow }
  | { readonly kind: "inUse"; readonly registrationCount: number }
  | Closed
  | typeof NOT_FOUND;

/** Deletes a type that no active registration has. */
export async function deleteTicketType(context: Context, id: string): Promise<DeleteOutcome> {
  return changeType<DeleteOutcome>(context, id, async (change, event) => {
    const closed = closedOf(event, context.now());
    if (closed) return closed;
    const registrationCount = await countActiveOf(change.tx, id);
    if (registrationCount > 0) return { kind: "inUse", registrationCount };
    await remove(change.tx, id);
    return { kind: "deleted", event: await sweptAnew(change, event.id, context.now()) };
  });
}

export type MoveOutcome =
  | { readonly kind: "moved"; readonly event: EventRow }
  | Closed
  | typeof NOT_FOUND;

/** Moves a type to another place among those of its event. */
export async function moveTicketType(
  context: Context,
  id: string,
  position: number,
): Promise<MoveOutcome> {
  return changeType<MoveOutcome>(context, id, async (change, event, types) => {
    const closed = closedOf(event, context.now());
    if (closed) return closed;
    const known = types.map((each) => each.id);
    const ids = movedTo(known, id, position);
    if (ids.join() === known.join()) return { kind: "moved", event };
    await orderTicketTypes(change.tx, ids);
    await appendEventChange(change, event.id, []);
    return { kind: "moved", event };
  });
}

/** Runs `work` behind the lock of the event of a type that exists there. */
async function changeType<Outcome>(
  context: Context,
  id: string,
  work: (
    change: Change<Transaction>,
    event: EventRow,
    types: readonly TicketTypeRow[],
  ) => Promise<Outcome | typeof NOT_FOUND>,
): Promise<Outcome | typeof NOT_FOUND> {
  const [known] = isId(id) ? await findTicketTypes(context.database, [id]) : [];
  if (!known) return NOT_FOUND;
  return changeEvent<Outcome | typeof NOT_FOUND>(context, known.eventId, async (change, event) => {
    const types = await listTicketTypes(change.tx, [event.id]);
    return types.some((each) => each.id === id) ? work(change, event, types) : NOT_FOUND;
  });
}

/** The type and its event, after a change of the type that is stored. */
async function settled(
  change: Change<Transaction>,
  eventId: string,
  id: string,
  now: Date,
): Promise<Stored> {
  const event = await sweptAnew(change, eventId, now);
  const [ticketType] = await findTicketTypes(change.tx, [id]);
  invariant(ticketType !== undefined, "a ticket type is gone behind the lock", { id });
  return { ticketType, event };
}

/** Counts the types anew, gives the seats that are free now, and tells those who watch. */
async function sweptAnew(
  change: Change<Transaction>,
  eventId: string,
  now: Date,
): Promise<EventRow> {
  await recountTypes(change.tx, eventId);
  const event = await findEvent(change.tx, eventId);
  invariant(event !== null, "an event is gone behind its lock", { eventId });
  const swept = await sweepChanged(change, event, now);
  await appendEventChange(change, eventId, []);
  return swept.event;
}

function closedOf(event: EventRow, now: Date): Closed | null {
  const cancelled = cancelledOf(event);
  if (cancelled) return cancelled;
  return hasEnded(event, now) ? { kind: "ended", endedAt: event.endsAt } : null;
}

function keyed<Type extends Pick<TicketTypeFields, "name" | "quota" | "isReserved">>(type: Type) {
  return { nameKey: fold(type.name), quota: type.quota, isReserved: type.isReserved };
}

function givenCode(code: string | null) {
  return { isGiven: code !== null, isEmpty: code !== null && isEmptyCode(code) };
}
