// Resolvers of registrations: arguments to calls, outcomes to types, entries to updates.
import { z } from "zod";
import { canonicalId } from "#kit/data/id";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { eventsOf } from "#kit/live/event-traces";
import { shareableEvents } from "#kit/live/shared/sharing";
import type { Entry } from "#kit/live/streams";
import { EMAIL_NOT_VERIFIED } from "#kit/trust/verified";
import { canSeeRegistration } from "../../access.ts";
import type { RegistrationsResolvers } from "../../generated/resolvers.ts";
import { eventCancelled, eventClosed, eventEnded, IDEMPOTENCY_CONFLICT } from "../../problems.ts";
import { invalidAnswers, toAnswers } from "../answer-types.ts";
import { updateIn } from "../entries.ts";
import { asOf } from "../moves.ts";
import { eventFull, partyTooLarge, typeNeeded } from "../problems.ts";
import { notWatching, watchOwnRegistrations, watchRegistrations } from "../watching.ts";
import { cancelRegistration, registerForEvent } from "./actions.ts";

export const resolvers: RegistrationsResolvers = {
  Mutation: {
    async registerForEvent(_root, { input }, context) {
      const { eventId, partySize } = input;
      const outcome = await registerForEvent(context, {
        eventId,
        partySize,
        isHidden: input.isHidden,
        ticketTypeId: canonicalId(input.ticketTypeId ?? "") ?? input.ticketTypeId ?? null,
        ticketCode: input.ticketCode ?? null,
        answers: toAnswers(input.answers),
        idempotencyKey: input.idempotencyKey ?? null,
      });
      switch (outcome.kind) {
        case "registered":
          return { __typename: "RegisterForEventSuccess", registration: outcome.registration };
        case "alreadyRegistered":
          return {
            __typename: "AlreadyRegisteredProblem",
            reason: "You have a registration for this event already.",
            registration: outcome.registration,
          };
        case "full":
          return eventFull(outcome);
        case "typeNeeded":
          return typeNeeded(outcome);
        case "notAdmitted":
          return {
            __typename: "NotAdmittedProblem",
            reason: "You cannot register for this event.",
          };
        case "eventCancelled":
          return eventCancelled(outcome.cancelledAt);
        case "notOpen":
          return {
            __typename: "RegistrationNotOpenProblem",
            reason: "Registration has not opened yet.",
            registrationOpensAt: outcome.opensAt,
          };
        case "closed":
          return registrationClosed(outcome.closedAt);
        case "partyTooLarge":
          return partyTooLarge(partySize, outcome);
        case "ended":
          return eventEnded(outcome.endedAt);
        case "idempotencyConflict":
          return IDEMPOTENCY_CONFLICT;
        case "invalidAnswers":
          return invalidAnswers(outcome.violations);
        case "notVerified":
          return EMAIL_NOT_VERIFIED;
        case "notFound":
          throw notFound("event", "input.eventId", eventId);
      }
    },

    async cancelRegistration(_root, { input }, context) {
      const outcome = await cancelRegistration(context, input.registrationId);
      switch (outcome.kind) {
        case "cancelled":
          return { __typename: "CancelRegistrationSuccess", registration: outcome.registration };
        case "ended":
        case "eventCancelled":
          return eventClosed(outcome);
        case "cancellationClosed":
          return {
            __typename: "CancellationClosedProblem",
            reason: "It is too late to cancel: ask the organizer.",
            cancellationClosesAt: outcome.closedAt,
          };
        case "notFound":
          throw notFound("registration", "input.registrationId", input.registrationId);
      }
    },
  },

  Subscription: {
    registrationUpdated: {
      async subscribe(_root, { eventId, after }, context) {
        const outcome = await watchRegistrations(context, eventId, after);
        switch (outcome.kind) {
          case "open":
            return shareableEvents(outcome.watched, updateOf);
          case "forbidden":
            throw notWatching();
          case "notFound":
            throw notFound("event", "eventId", eventId);
        }
      },
    },
    viewerRegistrationUpdated: {
      subscribe: async (_root, { after }, context) =>
        eventsOf(await watchOwnRegistrations(context, after), updateOf),
    },
  },

  Event: {
    viewerRegistration: (event, _args, context) =>
      context.loaders.viewerRegistration.load(event.id),
  },

  User: {
    async registrations(user, args, context) {
      const page = pageOf(args, z.uuid());
      const rows = await context.loaders.registrations.load({ parentId: user.id, page });
      return connectionOf(rows, page, (node) => ({ cursor: encodeCursor(node.id), node }));
    },
  },

  RegistrationUpdate: {
    event: ({ eventId }, _args, context) => context.loaders.event.load(eventId),
  },

  Registration: {
    status: (row, _args, context) => asOf(row, context.now()).status,
    cancelledBy: (row, _args, context) => asOf(row, context.now()).cancelledBy,
    waitlistPosition: ({ id, waitlistPosition, status }, _args, context) => {
      if (waitlistPosition !== undefined) return waitlistPosition;
      return status === "WAITLISTED" ? context.loaders.waitlistPosition.load(id) : null;
    },
    event: ({ eventId }, _args, context) => context.loaders.event.load(eventId),
    attendee: (registration) => ({ __typename: "User", id: registration.attendeeId }),
    async __resolveReference({ id }, context) {
      const registration = await context.loaders.registration.load(id);
      const event = registration && (await context.loaders.event.load(registration.eventId));
      if (!event) return null;
      const { viewer } = context;
      if (canSeeRegistration(registration, event, viewer, null)) return registration;
      const rights = await context.loaders.hostRights.load(event.id);
      return canSeeRegistration(registration, event, viewer, rights) ? registration : null;
    },
  },
};

/** Used by both subscriptions, whose events have different field names. */
function updateOf(entry: Entry) {
  const update = updateIn(entry);
  return { registrationUpdated: update, viewerRegistrationUpdated: update };
}

/** Without a time, the organizer is gone. */
function registrationClosed(closedAt: Date | null) {
  const reason = closedAt
    ? "Registration has closed."
    : "The organizer has left Meetinity: this event takes no more registrations.";
  return { __typename: "RegistrationClosedProblem", reason, closedAt } as const;
}
