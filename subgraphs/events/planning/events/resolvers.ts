// Resolvers of events: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { badInput, notFound } from "#kit/errors";
import { distinct } from "#kit/input/fold";
import { describeReceived } from "#kit/input/formats";
import { cleanLine } from "#kit/input/text";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import type { EventsResolvers } from "../../generated/resolvers.ts";
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
      const outcome = await createEvent(context, {
        title: cleanLine(input.title),
        description: input.description?.trim() || null,
        venue: cleanLine(input.venue ?? "") || null,
        startsAt: input.startsAt,
        endsAt: input.endsAt,
        timeZone: input.timeZone,
        capacity: input.capacity,
        hasWaitlist: input.hasWaitlist,
        partySizeMax: input.partySizeMax,
        passesMax: input.passesMax,
        offerMinutes: input.offerMinutes ?? null,
        isApprovalRequired: input.isApprovalRequired,
        tags: distinct(input.tags.map((tag) => cleanLine(tag).toLowerCase())),
      });
      switch (outcome.kind) {
        case "created":
          return { __typename: "CreateEventSuccess", event: outcome.event };
        case "invalid": {
          const [first, ...rest] = outcome.mistakes.map(({ field, message }) => {
            const { text, received } = describeReceived(input[field], false);
            return { field: `input.${field}`, message: `${message}, got ${text}`, received };
          });
          throw first ? badInput([first, ...rest]) : new Error("invalid without a mistake");
        }
      }
    },

    async publishEvent(_root, { input }, context) {
      const outcome = await publishEvent(context, input.eventId);
      switch (outcome.kind) {
        case "published":
          return { __typename: "PublishEventSuccess", event: outcome.event };
        case "ended":
          return {
            __typename: "EventEndedProblem",
            reason: "The event is over.",
            endedAt: outcome.endedAt,
          };
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("event", "input.eventId", input.eventId);
      }
    },
  },

  Event: {
    seatsLeft: ({ capacity, seatsTaken, seatsOffered }) =>
      Math.max(0, capacity - seatsTaken - seatsOffered),
    organizer: (event) => ({ __typename: "User", id: event.organizerId }),
    __resolveReference: ({ id }, context) => context.loaders.event.load(id),
  },
};
