// Resolvers of approvals: arguments to calls, outcomes to types.
import { notFound } from "#kit/errors";
import { canManage, canSeeDecision, canSeePeople } from "../../access.ts";
import type { Context } from "../../context.ts";
import type { ApprovalsResolvers } from "../../generated/resolvers.ts";
import { eventCancelled, eventEnded } from "../../problems.ts";
import { eventOfStream } from "../../streams.ts";
import { isBarring } from "../moves.ts";
import { eventFull, wrongStatus } from "../problems.ts";
import {
  type ApprovalOutcome,
  approveRegistrations,
  declineRegistration,
  readmitAttendee,
} from "./actions.ts";

export const resolvers: ApprovalsResolvers = {
  Mutation: {
    async approveRegistration(_root, { input }, context) {
      const [outcome] = await approveRegistrations(context, [input.registrationId]);
      if (!outcome || outcome.kind === "notFound") throw unknown(input.registrationId);
      return outcome.kind === "decided"
        ? { __typename: "ApproveRegistrationSuccess", registration: outcome.registration }
        : refusal(outcome);
    },

    async approveRegistrations(_root, { input }, context) {
      const outcomes = await approveRegistrations(context, input.registrationIds);
      return {
        __typename: "ApproveRegistrationsSuccess",
        outcomes: outcomes.map((outcome, at) => ({
          registrationId: input.registrationIds[at] ?? "",
          registration: "registration" in outcome ? outcome.registration : null,
          problem: problemOf(outcome),
        })),
      };
    },

    async declineRegistration(_root, { input }, context) {
      const note = input.note?.trim() || null;
      const outcome = await declineRegistration(context, input.registrationId, note);
      switch (outcome.kind) {
        case "decided":
          return { __typename: "DeclineRegistrationSuccess", registration: outcome.registration };
        case "wrongStatus":
          return wrongStatus(outcome.registration.status);
        case "ended":
          return eventEnded(outcome.endedAt);
        case "notFound":
          throw unknown(input.registrationId);
      }
    },

    async readmitAttendee(_root, { input }, context) {
      const outcome = await readmitAttendee(context, input.registrationId);
      switch (outcome.kind) {
        case "decided":
          return { __typename: "ReadmitAttendeeSuccess", registration: outcome.registration };
        case "wrongStatus":
          return wrongStatus(outcome.registration.status);
        case "eventCancelled":
          return eventCancelled(outcome.cancelledAt);
        case "notFound":
          throw unknown(input.registrationId);
      }
    },
  },

  Event: {
    async pendingCount(event, _args, { viewer, loaders }) {
      if (canManage(event, viewer)) return event.pendingCount;
      const rights = await loaders.hostRights.load(event.id);
      return canSeePeople(event, viewer, rights) ? event.pendingCount : null;
    },
  },

  Registration: {
    isBarring: async (row, _args, context) =>
      (await maySeeDecision(row, context)) ? isBarring(row) : null,
    async note(row, _args, context) {
      if (!(await maySeeDecision(row, context))) return null;
      if (row.note !== undefined || row.status !== "DECLINED") return row.note ?? null;
      return (await context.loaders.registration.load(row.id))?.note ?? null;
    },
  },
};

/** The audience of an event's stream are those who see its people. */
async function maySeeDecision(
  row: { readonly eventId: string; readonly attendeeId: string },
  { viewer, feed, loaders }: Context,
): Promise<boolean> {
  if (eventOfStream(feed) === row.eventId || viewer?.id === row.attendeeId) return true;
  const event = await loaders.event.load(row.eventId);
  if (!viewer || !event) return false;
  // Those who manage the event need no rights, and so no statement.
  const rights = canManage(event, viewer) ? null : await loaders.hostRights.load(event.id);
  return canSeeDecision(row, event, viewer, rights);
}

type Refused = Exclude<ApprovalOutcome, { readonly kind: "decided" | "notFound" }>;

function refusal(outcome: Refused) {
  switch (outcome.kind) {
    case "full":
      return eventFull(outcome);
    case "wrongStatus":
      return wrongStatus(outcome.registration.status);
    case "ended":
      return eventEnded(outcome.endedAt);
  }
}

function problemOf(outcome: ApprovalOutcome) {
  if (outcome.kind === "decided") return null;
  if (outcome.kind !== "notFound") return refusal(outcome);
  const reason = "There is no such registration.";
  return { __typename: "RegistrationNotFoundProblem", reason } as const;
}

function unknown(registrationId: string) {
  return notFound("registration", "input.registrationId", registrationId);
}
