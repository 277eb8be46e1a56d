// Makes and changes ticket types through the API.
import { operation } from "../../schema/operations.ts";
import { dataOf } from "./client.ts";

export interface TicketType {
  readonly id: string;
  readonly name: string;
  readonly quota: number | null;
  readonly seatsTaken: number;
  readonly seatsLeft: number;
  readonly waitlistLength: number;
  readonly version: number;
}

type Answer = { readonly __typename: string; readonly ticketType?: TicketType };

/** Adds a ticket type to an event. Throws when it is refused. */
export async function aTicketType(
  token: string,
  eventId: string,
  fields: object = {},
): Promise<TicketType> {
  const input = { eventId, name: "Standard", ...fields };
  const { createTicketType } = await dataOf<{ createTicketType: Answer }>(
    operation("CreateTicketType"),
    { input },
    { as: token },
  );
  if (createTicketType.ticketType) return createTicketType.ticketType;
  throw new Error(`no ticket type: ${JSON.stringify(createTicketType)}`);
}

/** The ticket types of an event that somebody sees, with a code or without one. */
export async function ticketTypesOf(
  token: string,
  eventId: string,
  code: string | null = null,
): Promise<TicketType[]> {
  type Data = { event: { ticketTypes: TicketType[] } };
  const query = `query($id: ID!, $code: String) { event(id: $id) { ticketTypes(code: $code) {
    id name quota seatsTaken seatsLeft waitlistLength version } } }`;
  const { event } = await dataOf<Data>(query, { id: eventId, code }, { as: token });
  return event.ticketTypes;
}
