// Resolvers of changes of events: arguments to a call, outcomes to types.
import { badInput, notFound } from "#kit/errors";
import { cleanLine } from "#kit/input/text";
import type { ChangesResolvers, UpdateEventInput } from "../../generated/resolvers.ts";
import { badTimes, eventClosed } from "../../problems.ts";
import { cleanTags, languageOf, zoneOf } from "../input.ts";
import { updateEvent } from "./actions.ts";
import type { EventPatch } from "./rules.ts";

export const resolvers: ChangesResolvers = {
  Mutation: {
    async updateEvent(_root, { input }, context) {
      const { eventId, expectedVersion = null } = input;
      const outcome = await updateEvent(context, eventId, patchOf(input), expectedVersion);
      switch (outcome.kind) {
        case "updated":
          context.loaders.event.clear(eventId);
          return { __typename: "UpdateEventSuccess", event: outcome.event };
        case "emptied":
          throw emptiedFields(outcome.fields);
        case "outdated":
          return {
            __typename: "EventVersionProblem",
            reason: "Somebody has changed this event since: look at it again.",
            event: outcome.event,
          };
        case "invalid":
          throw badTimes(outcome.mistakes, outcome.times);
        case "started":
          return {
            __typename: "EventStartedProblem",
            reason: "The event has started.",
            startedAt: outcome.startedAt,
          };
        case "ended":
        case "eventCancelled":
          return eventClosed(outcome);
        case "notFound":
          throw notFound("event", "input.eventId", eventId);
      }
    },
  },
};

/** Every field of an event by name, so that the compiler finds a new one that is missing here. */
type EveryField = { readonly [Field in keyof EventPatch]-?: EventPatch[Field] };

function patchOf(input: UpdateEventInput): EveryField {
  return {
    title: mapped(input.title, cleanLine),
    description: mapped(input.description, (text) => text.trim() || null),
    venue: mapped(input.venue, (text) => cleanLine(text) || null),
    startsAt: input.startsAt,
    endsAt: input.endsAt,
    timeZone: mapped(input.timeZone, zoneOf),
    capacity: input.capacity,
    hasWaitlist: input.hasWaitlist,
    partySizeMax: input.partySizeMax,
    passesMax: input.passesMax,
    offerMinutes: input.offerMinutes,
    isApprovalRequired: input.isApprovalRequired,
    tags: mapped(input.tags, cleanTags),
    onlineUrl: mapped(input.onlineUrl, (url) => url || null),
    language: mapped(input.language, languageOf),
    registrationOpensAt: input.registrationOpensAt,
    registrationClosesAt: input.registrationClosesAt,
    cancellationClosesAt: input.cancellationClosesAt,
  };
}

/** A field that is left out, or null, stays so. */
function mapped<Given, Stored>(
  given: Given | null | undefined,
  clean: (given: Given) => Stored,
): Stored | null | undefined {
  if (given === undefined) return undefined;
  return given === null ? null : clean(given);
}

function emptiedFields(fields: readonly string[]) {
  const [first, ...rest] = fields.map((field) => ({
    field: `input.${field}`,
    message: "must not be emptied, got null",
    received: null,
  }));
  return first ? badInput([first, ...rest]) : new Error("emptied without a field");
}
