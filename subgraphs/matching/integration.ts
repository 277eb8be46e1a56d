// What matching learns from other subgraphs: people, blocks, public events and registrations. The
// shapes name no more than is needed; the whole ones are in docs/integration-events.md.
import { z } from "zod";
import { type Handler, handle } from "#kit/effects";
import type { Transaction } from "./context.ts";
import { putBlock, putEvent, putPerson, putRegistration } from "./projection/store.ts";

const personState = z.object({
  userId: z.uuid(),
  displayName: z.string(),
  headline: z.string().nullable(),
  location: z.string().nullable(),
  languages: z.array(z.string()),
  skills: z.array(z.string()),
  interests: z.array(z.string()),
  intents: z.array(z.string()),
});

const blockState = z.object({
  blockerId: z.uuid(),
  blockedId: z.uuid(),
  isBlocked: z.boolean(),
});

const eventState = z.object({
  eventId: z.uuid(),
  organizerId: z.uuid(),
  title: z.string(),
  status: z.string(),
  tags: z.array(z.string()),
  startsAt: z.coerce.date(),
  endsAt: z.coerce.date(),
  timeZone: z.string(),
});

const registrationState = z.object({
  registrationId: z.uuid(),
  eventId: z.uuid(),
  attendeeId: z.uuid(),
  status: z.string(),
});

/** Handlers by the subgraph that tells. */
export const HANDLERS: Readonly<Record<"users" | "events", readonly Handler<Transaction>[]>> = {
  users: [
    handle("users.profile.changed.v1", personState, putPerson),
    handle("users.block.changed.v1", blockState, putBlock),
  ],
  events: [
    handle("events.event.changed.v1", eventState, putEvent),
    handle("events.registration.changed.v1", registrationState, putRegistration),
  ],
};
