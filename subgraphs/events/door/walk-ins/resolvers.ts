// Resolvers of walk-ins: arguments to calls, outcomes to types.
import { z } from "zod";
import { connectionOf, encodeCursor, pageOf } from "#kit/data/pagination";
import { notFound } from "#kit/errors";
import { cleanLine } from "#kit/input/text";
import { requireViewer } from "#kit/trust/identity";
import type { WalkInsResolvers } from "../../generated/resolvers.ts";
import type { EventRow } from "../../planning/events/store.ts";
import { mayCheckIn, refusedAtDoor } from "../gate.ts";
import { checkInClosed } from "../problems.ts";
import { addWalkIn, syncWalkIns, undoWalkIn, type WalkInOutcome } from "./actions.ts";

export const resolvers: WalkInsResolvers = {
  Mutation: {
    async addWalkIn(_root, { input }, context) {
      const { eventId, enteredAt, ticketTypeId = null, ...party } = input;
      const given = { ...party, ...textsOf(party), ticketTypeId, enteredAt: enteredAt ?? null };
      const outcome = await addWalkIn(context, eventId, given);
      if (outcome.kind === "noType") {
        throw notFound("ticket type", "input.ticketTypeId", ticketTypeId ?? "");
      }
      if (outcome.kind !== "recorded") throw refusedAtDoor(outcome, eventId);
      const [result] = outcome.outcomes;
      if (!result) throw new Error("a party has no outcome");
      return resultOf(result, outcome.event);
    },

    async syncWalkIns(_root, { input }, context) {
      const { eventId, gate, walkIns } = input;
      const parties = walkIns.map((party) => ({
        ...party,
        ...textsOf({ ...party, gate }),
        ticketTypeId: party.ticketTypeId ?? null,
      }));
      const outcome = await syncWalkIns(context, eventId, parties);
      if (outcome.kind !== "recorded") throw refusedAtDoor(outcome, eventId);
      const { event } = outcome;
      const results = outcome.outcomes.map((each, at) => ({
        nonce: parties[at]?.nonce ?? "",
        result: resultOf(each, event),
      }));
      return { __typename: "SyncWalkInsSuccess", results, event };
    },

    async undoWalkIn(_root, { input }, context) {
      const outcome = await undoWalkIn(context, input.walkInId);
      switch (outcome.kind) {
        case "undone":
          return { __typename: "UndoWalkInSuccess", walkIn: outcome.walkIn, event: outcome.event };
        case "notFound":
          throw notFound("walk-in", "input.walkInId", input.walkInId);
      }
    },
  },

  Event: {
    async walkIns(event, args, context) {
      requireViewer(context);
      const page = pageOf(args, z.uuid());
      if (!(await mayCheckIn(event, context))) return null;
      const rows = await context.loaders.walkIns.load({ parentId: event.id, page });
      return connectionOf(rows, page, (node) => ({ cursor: encodeCursor(node.id), node }));
    },
  },

  WalkIn: {
    async ticketType({ eventId, ticketTypeId }, _args, { loaders }) {
      if (ticketTypeId === null) return null;
      const types = await loaders.ticketTypes.load(eventId);
      return types.find(({ id }) => id === ticketTypeId) ?? null;
    },
    by: ({ by }) => ({ __typename: "User", id: by }),
  },
};

function textsOf({ gate, label }: { readonly gate: string; readonly label: string }) {
  return { gate: cleanLine(gate), label: cleanLine(label) };
}

function resultOf(outcome: WalkInOutcome, event: EventRow) {
  switch (outcome.kind) {
    case "added":
      return { __typename: "AddWalkInSuccess", walkIn: outcome.walkIn, event } as const;
    case "full":
      return {
        __typename: "EventFullProblem",
        reason: "There are not enough free seats.",
        ticketType: outcome.ticketType,
        capacity: outcome.capacity,
        seatsLeft: outcome.seatsLeft,
      } as const;
    case "closed":
      return checkInClosed(outcome);
    case "idempotencyConflict":
      return NONCE_CONFLICT;
  }
}

const NONCE_CONFLICT = {
  __typename: "IdempotencyConflictProblem",
  reason: "This nonce was used for another party; choose a new one.",
} as const;
