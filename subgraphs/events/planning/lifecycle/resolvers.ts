// Resolvers of the ends of an event's life: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import type { LifecycleResolvers } from "../../generated/resolvers.ts";
import {
  badTimes,
  eventCancelled,
  eventClosed,
  eventEnded,
  IDEMPOTENCY_CONFLICT,
} from "../../problems.ts";
import { cancelEvent, deleteEvent, duplicateEvent, unpublishEvent } from "./actions.ts";

export const resolvers: LifecycleResolvers = {
  Mutation: {
    async cancelEvent(_root, { input: { eventId, reason } }, context) {
      const outcome = await cancelEvent(context, eventId, reason.trim());
      switch (outcome.kind) {
        case "cancelled":
          return { __typename: "CancelEventSuccess", event: outcome.event };
        case "draft":
          return {
            __typename: "EventNotPublishedProblem",
            reason: "This event is a draft that nobody knows of: delete it instead.",
          };
        case "ended":
          return eventEnded(outcome.endedAt);
        case "notFound":
          throw notFound("event", "input.eventId", eventId);
      }
    },

    async unpublishEvent(_root, { input: { eventId } }, context) {
      const outcome = await unpublishEvent(context, eventId);
      switch (outcome.kind) {
        case "unpublished":
          return { __typename: "UnpublishEventSuccess", event: outcome.event };
        case "registered":
          return {
            __typename: "EventHasRegistrationsProblem",
            reason: "People are registered for this event: you can only cancel it.",
            registrationCount: outcome.registrationCount,
          };
        case "ended":
        case "eventCancelled":
          return eventClosed(outcome);
        case "notFound":
          throw notFound("event", "input.eventId", eventId);
      }
    },

    async deleteEvent(_root, { input: { eventId } }, context) {
      const outcome = await deleteEvent(context, eventId);
      switch (outcome.kind) {
        case "deleted":
          return { __typename: "DeleteEventSuccess", eventId };
        case "published":
          return {
            __typename: "EventPublishedProblem",
            reason: "This event is published: take it back first, or cancel it.",
          };
        case "eventCancelled":
          return eventCancelled(outcome.cancelledAt);
        case "notFound":
          throw notFound("event", "input.eventId", eventId);
      }
    },

    async duplicateEvent(_root, { input }, context) {
      const { eventId, startsAt, idempotencyKey = null } = input;
      const outcome = await duplicateEvent(context, eventId, startsAt, idempotencyKey);
      switch (outcome.kind) {
        case "created":
          return { __typename: "DuplicateEventSuccess", event: outcome.event };
        case "idempotencyConflict":
          return IDEMPOTENCY_CONFLICT;
        case "invalid":
          throw badTimes(outcome.mistakes, outcome.times);
        case "notFound":
          throw notFound("event", "input.eventId", eventId);
      }
    },
  },

  Event: {
    cancellation: ({ cancelledAt, cancellationReason }) =>
      cancelledAt && cancellationReason ? { cancelledAt, reason: cancellationReason } : null,
  },
};
