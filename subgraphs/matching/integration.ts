// What matching learns from other subgraphs: profiles, blocks, events and registrations. The shapes
// name no more than is needed; the whole ones are in docs/integration-events.md.
import { z } from "zod";
import { type Handler, handle } from "#kit/effects";
import type { Transaction } from "./context.ts";
import { applyEvent, applyRegistration } from "./gatherings/apply.ts";
import { applyBlock, applyProfile } from "./people/apply.ts";

const profileState = z.object({
  userId: z.uuid(),
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
  status: z.string(),
  startsAt: z.coerce.date(),
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
    handle(
      "users.profile.changed.v1",
      profileState,
      async (tx, { userId: personId, ...profile }, version) => {
        await applyProfile(tx, { ...profile, personId, version });
      },
    ),
    handle("users.block.changed.v1", blockState, async (tx, block, version) => {
      await applyBlock(tx, { ...block, version });
    }),
  ],
  events: [
    handle("events.event.changed.v1", eventState, async (tx, event, version) => {
      await applyEvent(tx, { ...event, version });
    }),
    handle(
      "events.registration.changed.v1",
      registrationState,
      async (tx, { attendeeId: personId, ...registration }, version) => {
        await applyRegistration(tx, { ...registration, personId, version });
      },
    ),
  ],
};
