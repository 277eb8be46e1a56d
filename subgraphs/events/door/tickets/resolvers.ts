// Resolvers of tickets: codes are signed, and drawn, only for those who ask.
import encodeQR from "qr";
import { notFound } from "#kit/errors";
import type { Context } from "../../context.ts";
import type { TicketsResolvers } from "../../generated/resolvers.ts";
import type { RegistrationRow } from "../../seats/registrations/store.ts";
import { renewTickets } from "./actions.ts";
import type { TicketRow } from "./store.ts";

/** The list is bounded, as its description says. */
const TICKETS_MAX = 20;
/** ISO/IEC 18004 asks for a margin of four modules. */
const QUIET_MODULES = 4;

export const resolvers: TicketsResolvers = {
  Query: {
    ticketKeys: (_root, _args, context) => [...context.tickets.keys],
  },

  Mutation: {
    async renewTickets(_root, { input }, context) {
      const outcome = await renewTickets(context, input.registrationId);
      switch (outcome.kind) {
        case "renewed":
          return { __typename: "RenewTicketsSuccess", registration: outcome.registration };
        case "noTickets":
          return {
            __typename: "NoTicketsProblem",
            reason: "This registration has no tickets: it has no seats, or the event is over.",
          };
        case "notFound":
          throw notFound("registration", "input.registrationId", input.registrationId);
      }
    },
  },

  Registration: {
    ticket: (registration, _args, context) => ticketsOf(registration, context)[0] ?? null,
    tickets: (registration, { fromSeat }, context) =>
      ticketsOf(registration, context).slice(fromSeat - 1, fromSeat - 1 + TICKETS_MAX),
  },

  Ticket: {
    code: (ticket, _args, { tickets }) => tickets.codeOf(ticket.eventId, ticket),
    qrSvg: (ticket, _args, { tickets }) =>
      encodeQR(tickets.codeOf(ticket.eventId, ticket), "svg", {
        ecc: "medium",
        border: QUIET_MODULES,
      }),
    async checkedInAt({ registrationId, seat, isCheckedIn }, _args, context) {
      if (!isCheckedIn) return null;
      const checkIns = await context.loaders.checkInsOf.load(registrationId);
      return checkIns.find((row) => row.seat === seat)?.scannedAt ?? null;
    },
  },
};

/** The states in which a registration has tickets. */
const TICKETED: readonly string[] = ["CONFIRMED", "CHECKED_IN"];

/** The tickets of a viewer: for all seats of their own registration, while it has seats. */
function ticketsOf(registration: RegistrationRow, { viewer }: Context): TicketRow[] {
  const { id, eventId, status, partySize, ticketVersion, checkedInSeats } = registration;
  if (registration.attendeeId !== viewer?.id || !TICKETED.includes(status)) return [];
  return Array.from({ length: partySize }, (_, at) => ({
    registrationId: id,
    eventId,
    seat: at + 1,
    ticketVersion,
    isCheckedIn: checkedInSeats.includes(at + 1),
  }));
}
