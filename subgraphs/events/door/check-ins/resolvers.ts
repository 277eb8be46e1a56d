// Resolvers of check-ins: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { cleanLine } from "#kit/input/text";
import { invariant } from "#kit/invariant";
import { requireViewer } from "#kit/trust/identity";
import type { CheckInsResolvers } from "../../generated/resolvers.ts";
import { mayCheckIn, refusedAtDoor } from "../gate.ts";
import { checkInClosed } from "../problems.ts";
import type { ScanOutcome } from "../scans.ts";
import { checkIn, syncCheckIns, undoCheckIn } from "./actions.ts";
import type { TicketFault } from "./rules.ts";

/** The list is bounded, as its description says. */
const OTHERS_MAX = 20;

export const resolvers: CheckInsResolvers = {
  Mutation: {
    async checkIn(_root, { input }, context) {
      const { code, nonce } = input;
      const eventId = input.eventId ?? null;
      const scan = { code, nonce, gate: cleanLine(input.gate), scannedAt: input.scannedAt ?? null };
      const outcome = await checkIn(context, eventId, scan);
      if (outcome.kind === "notFound" || outcome.kind === "forbidden") {
        throw refusedAtDoor(outcome, eventId ?? "");
      }
      return resultOf(outcome);
    },

    async undoCheckIn(_root, { input }, context) {
      const outcome = await undoCheckIn(context, input.checkInId);
      switch (outcome.kind) {
        case "undone": {
          const { checkIn, registration } = outcome;
          return { __typename: "UndoCheckInSuccess", checkIn, registration };
        }
        case "notFound":
          throw notFound("check-in", "input.checkInId", input.checkInId);
      }
    },

    async syncCheckIns(_root, { input }, context) {
      const gate = cleanLine(input.gate);
      const scans = input.checkIns.map((scan) => ({ ...scan, gate }));
      const outcome = await syncCheckIns(context, input.eventId, scans);
      if (outcome.kind !== "synced") throw refusedAtDoor(outcome, input.eventId);
      const results = outcome.outcomes.map((each, at) => ({
        nonce: scans[at]?.nonce ?? "",
        result: resultOf(each),
      }));
      return { __typename: "SyncCheckInsSuccess", results, event: outcome.event };
    },
  },

  Event: {
    async checkIns(event, { isConflict, ...args }, context) {
      requireViewer(context);
      const page = pageOf(args, z.uuid());
      if (!(await mayCheckIn(event, context))) return null;
      const { checkIns, checkInConflicts } = context.loaders;
      const loader = isConflict ? checkInConflicts : checkIns;
      const rows = await loader.load({ parentId: event.id, page });
      return connectionOf(rows, page, (node) => ({ cursor: encodeCursor(node.id), node }));
    },
  },

  CheckIn: {
    by: ({ by }) => ({ __typename: "User", id: by }),
    async registration({ registrationId }, _args, context) {
      const registration = await context.loaders.registration.load(registrationId);
      invariant(registration, "a check-in points at a missing registration", { registrationId });
      return registration;
    },
    async others({ id, registrationId, seat }, _args, context) {
      const all = await context.loaders.checkInsOf.load(registrationId);
      return all.filter((row) => row.seat === seat && row.id !== id).slice(0, OTHERS_MAX);
    },
  },
};

const FAULTS: Readonly<Record<TicketFault, string>> = {
  FORGED: "This is no ticket of Meetinity.",
  OTHER_EVENT: "This is a ticket of another event.",
  REPLACED: "This ticket has been replaced, or its seat was given up.",
};

function resultOf(outcome: ScanOutcome) {
  switch (outcome.kind) {
    case "checkedIn": {
      const { checkIn, registration } = outcome;
      return { __typename: "CheckInSuccess", checkIn, registration } as const;
    }
    case "already": {
      const { checkIn } = outcome;
      return {
        __typename: "AlreadyCheckedInProblem",
        reason: "Somebody was let in with this ticket before.",
        scannedAt: checkIn.scannedAt,
        gate: checkIn.gate,
        by: { __typename: "User", id: checkIn.by },
        checkIn,
      } as const;
    }
    case "notValid": {
      const { fault } = outcome;
      return { __typename: "TicketNotValidProblem", reason: FAULTS[fault], fault } as const;
    }
    case "notSeated":
      return {
        __typename: "RegistrationNotSeatedProblem",
        reason: "This registration has no seats.",
        registration: outcome.registration,
      } as const;
    case "closed":
      return checkInClosed(outcome);
    case "idempotencyConflict":
      return {
        __typename: "IdempotencyConflictProblem",
        reason: "This nonce was used for another ticket; choose a new one.",
      } as const;
  }
}
