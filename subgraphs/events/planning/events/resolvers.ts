// Resolvers of events: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { cleanLine } from "#kit/input/text";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { onlineUrlFor } from "../../access.ts";
import type { CreateEventInput, EventsResolvers } from "../../generated/resolvers.ts";
import { badTimes, eventClosed, IDEMPOTENCY_CONFLICT } from "../../problems.ts";
import { freeSeats } from "../../seating.ts";
import { cleanTags, languageOf, zoneOf } from "../input.ts";
import { createEvent, publishEvent } from "./actions.ts";

const position = z
  .tuple([z.iso.datetime().refine((instant) => !instant.startsWith("0000")), z.uuid()])
  .transform(([startsAt, id]) => ({ startsAt: new Date(startsAt), id }));

export const resolvers: EventsResolvers = {
  Query: {
    event: (_root, { id }, context) => context.loaders.event.load(id),

    async events(_root, { first, after, filter }, context) {
      const page = pageOf({ first, after }, position);
      const wanted = {
        endsAfter: filter?.endsAfter ?? context.now(),
        startsBefore: filter?.startsBefore ?? null,
        search: filter?.search ?? null,
        tags: filter?.tags ?? [],
        organizerId: filter?.organizerId ?? null,
        statuses: filter?.statuses ?? null,
      };
      if (wanted.search !== null || wanted.tags.length > 0) context.folded.require();
      const rows = await context.loaders.events(wanted, page);
      return connectionOf(rows, page, (node) => ({
        cursor: encodeCursor([node.startsAt.toISOString(), node.id]),
        node,
      }));
    },
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
