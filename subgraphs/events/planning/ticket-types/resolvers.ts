// Resolvers of ticket types: arguments to calls, outcomes to types.
import { badInput, notFound } from "#kit/errors";
import { cleanLine } from "#kit/input/text";
import { seesAllTypes } from "../../access.ts";
import type { TicketTypesResolvers } from "../../generated/resolvers.ts";
import { isOpenTo } from "../../hidden-types.ts";
import { eventClosed } from "../../problems.ts";
import { freeSeats } from "../../seating.ts";
import { createTicketType, deleteTicketType, moveTicketType, updateTicketType } from "./actions.ts";
import { invalidType, nameTaken, tooManySetAside } from "./answers.ts";

export const resolvers: TicketTypesResolvers = {
  Mutation: {
    async createTicketType(_root, { input }, context) {
      const { eventId, price, quota, isReserved, isHidden, code, partySizeMax } = input;
      const fields = {
        name: cleanLine(input.name),
        description: input.description?.trim() || null,
        ...priceOf(price ?? null),
        quota: quota ?? null,
        isReserved,
        isHidden,
        partySizeMax: partySizeMax ?? null,
      };
      const outcome = await createTicketType(context, eventId, fields, code ?? null);
      switch (outcome.kind) {
        case "created":
          return { ...outcome, __typename: "CreateTicketTypeSuccess" };
        case "tooMany":
          return {
            __typename: "TooManyTicketTypesProblem",
            reason: `An event has at most ${outcome.ticketTypesMax} ticket types.`,
            ticketTypesMax: outcome.ticketTypesMax,
          };
        case "invalid":
          throw invalidType(outcome.mistakes, input);
        case "nameTaken":
          return nameTaken();
        case "tooManySetAside":
          return tooManySetAside(outcome);
        case "ended":
        case "eventCancelled":
          return eventClosed(outcome);
        case "notFound":
          throw notFound("event", "input.eventId", eventId);
      }
    },

    async updateTicketType(_root, { input }, context) {
      const { ticketTypeId, expectedVersion = null, code = null, price, ...given } = input;
      const { name, description, quota, isReserved, isHidden, partySizeMax } = given;
      const patch = {
        name: name && cleanLine(name),
        description: description === undefined ? undefined : description?.trim() || null,
        ...(price === undefined ? {} : priceOf(price)),
        quota,
        isReserved,
        isHidden,
        partySizeMax,
      };
      const outcome = await updateTicketType(context, ticketTypeId, patch, {
        code,
        expectedVersion,
      });
      switch (outcome.kind) {
        case "updated":
          return { ...outcome, __typename: "UpdateTicketTypeSuccess" };
        case "outdated":
          return {
            __typename: "TicketTypeVersionProblem",
            reason: "Somebody has changed this ticket type since: look at it again.",
            current: outcome.ticketType,
          };
        case "emptied":
          throw emptiedFields(outcome.fields);
        case "invalid":
          throw invalidType(outcome.mistakes, input);
        case "nameTaken":
          return nameTaken();
        case "tooManySetAside":
          return tooManySetAside(outcome);
        case "ended":
        case "eventCancelled":
          return eventClosed(outcome);
        case "notFound":
          throw notFound("ticket type", "input.ticketTypeId", ticketTypeId);
      }
    },

    async deleteTicketType(_root, { input }, context) {
      const outcome = await deleteTicketType(context, input.ticketTypeId);
      switch (outcome.kind) {
        case "deleted":
          return { __typename: "DeleteTicketTypeSuccess", event: outcome.event };
        case "inUse":
          return {
            __typename: "TicketTypeInUseProblem",
            reason: "People are registered with this ticket type.",
            registrationCount: outcome.registrationCount,
          };
        case "ended":
        case "eventCancelled":
          return eventClosed(outcome);
        case "notFound":
          throw notFound("ticket type", "input.ticketTypeId", input.ticketTypeId);
      }
    },

    async moveTicketType(_root, { input }, context) {
      const outcome = await moveTicketType(context, input.ticketTypeId, input.position);
      switch (outcome.kind) {
        case "moved":
          return { __typename: "MoveTicketTypeSuccess", event: outcome.event };
        case "ended":
        case "eventCancelled":
          return eventClosed(outcome);
        case "notFound":
          throw notFound("ticket type", "input.ticketTypeId", input.ticketTypeId);
      }
    },
  },

  Event: {
    async ticketTypes(event, { code }, context) {
      if (event.ticketTypeCount === 0) return [];
      const types = await context.loaders.ticketTypes.load(event.id);
      const isOpen = (type: (typeof types)[number]) => isOpenTo(type, code ?? null);
      if (types.every(isOpen) || (await seesAllTypes(event, context))) return types;
      return types.filter(isOpen);
    },
  },

  Registration: {
    async ticketType({ eventId, ticketTypeId }, _args, { loaders }) {
      if (ticketTypeId === null || !(await loaders.event.load(eventId))) return null;
      const types = await loaders.ticketTypes.load(eventId);
      return types.find(({ id }) => id === ticketTypeId) ?? null;
    },
  },

  TicketType: {
    price: ({ priceMinor, currency }) =>
      priceMinor === null || currency === null ? null : { amount: priceMinor, currency },
    async seatsLeft(type, _args, context) {
      const event = await context.loaders.event.load(type.eventId);
      return event ? freeSeats(event, type) : 0;
    },
    async __resolveReference({ id }, context) {
      const type = await context.loaders.ticketType.load(id);
      const event = type && (await context.loaders.event.load(type.eventId));
      if (!event) return null;
      return isOpenTo(type, null) || (await seesAllTypes(event, context)) ? type : null;
    },
  },
};

interface Money {
  readonly amount: number;
  readonly currency: string;
}

function priceOf(price: Money | null) {
  return { priceMinor: price?.amount ?? null, currency: price?.currency ?? null };
}

function emptiedFields(fields: readonly string[]) {
  const [first, ...rest] = fields.map((field) => ({
    field: `input.${field}`,
    message: "must not be emptied, got null",
    received: null,
  }));
  return first ? badInput([first, ...rest]) : new Error("emptied without a field");
}
