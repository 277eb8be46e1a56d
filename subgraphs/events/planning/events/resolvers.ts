// Resolvers of events: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { cleanLine } from "#kit/input/text";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { onlineUrlFor } from "../../access.ts";
import type { CreateEventInput, EventsResolvers } from "../../generated/resolvers.ts";
import { badTimes, eventClosed, IDEMPOTENCY_CONFLICT } from "../../problems.ts";
import { freeSeats } from "../../seating.ts";
import { cleanTags, languageOf, zoneOf } from "../input.ts";
import { createEvent, publishEvent } from "./actions.ts";

export const resolvers: EventsResolvers = {
  Query: {
    event: (_root, { id }, context) => context.loaders.event.load(id),
  },

  Mutation: {
    async createEvent(_root, { input }, context) {
      const draft = { ...timesOf(input), ...cleanFields(input), ...seatingOf(input) };
      const outcome = await createEvent(context, draft, input.idempotencyKey ?? null);
      switch (outcome.kind) {
        case "created":
          return { __typename: "CreateEventSuccess", event: outcome.event };
        case "invalid":
          throw badTimes(outcome.mistakes, draft);
        case "idempotencyConflict":
          return IDEMPOTENCY_CONFLICT;
      }
    },

    async publishEvent(_root, { input }, context) {
      const outcome = await publishEvent(context, input.eventId);
      switch (outcome.kind) {
        case "published":
          return { __typename: "PublishEventSuccess", event: outcome.event };
        case "ended":
        case "eventCancelled":
          return eventClosed(outcome);
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("event", "input.eventId", input.eventId);
      }
    },
  },

  Event: {
    seatsLeft: (event) => freeSeats(event),
    isOnline: ({ onlineUrl }) => onlineUrl !== null,
    onlineUrl: (event, _args, context) => onlineUrlFor(event, context),
    organizer: (event) => ({ __typename: "User", id: event.organizerId }),
    __resolveReference: ({ id }, context) => context.loaders.event.load(id),
  },
};

type Times = Pick<
  CreateEventInput,
  "startsAt" | "endsAt" | "registrationOpensAt" | "registrationClosesAt" | "cancellationClosesAt"
>;

function timesOf(input: Times) {
  return {
    startsAt: input.startsAt,
    endsAt: input.endsAt,
    registrationOpensAt: input.registrationOpensAt ?? null,
    registrationClosesAt: input.registrationClosesAt ?? null,
    cancellationClosesAt: input.cancellationClosesAt ?? null,
  };
}

function seatingOf(input: CreateEventInput) {
  const { capacity, hasWaitlist, partySizeMax, passesMax, isApprovalRequired } = input;
  const offerMinutes = input.offerMinutes ?? null;
  return { capacity, hasWaitlist, partySizeMax, passesMax, isApprovalRequired, offerMinutes };
}

function cleanFields(input: CreateEventInput) {
  return {
    title: cleanLine(input.title),
    description: input.description?.trim() || null,
    venue: cleanLine(input.venue ?? "") || null,
    timeZone: zoneOf(input.timeZone),
    tags: cleanTags(input.tags),
    onlineUrl: input.onlineUrl || null,
    language: languageOf(input.language) ?? null,
  };
}
