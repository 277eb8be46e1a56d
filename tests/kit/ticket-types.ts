// Makes and changes ticket types through the API.
import { operation } from "../../schema/operations.ts";
import { dataOf } from "./client.ts";
import { anEvent, type EventOptions, type TokenHolder } from "./stories.ts";

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

/** An event with ticket types, by their names. */
export async function typed(
  { token }: TokenHolder,
  options: EventOptions,
  types: Readonly<Record<string, object>>,
) {
  const eventId = await anEvent(token, options);
  const made: Record<string, TicketType> = {};
  for (const [name, fields] of Object.entries(types)) {
    made[name] = await aTicketType(token, eventId, { name, ...fields });
  }
  const idOf = (name: string) => made[name]?.id ?? "";
  return { eventId, idOf };
}

/** The registration as its person sees it. */
export const statusOf = async ({ token }: TokenHolder, eventId: string) => {
  type Data = { event: { viewerRegistration: { status: string; isTooLarge: boolean } } };
  const query = `query($id: ID!) { event(id: $id) { viewerRegistration {
    status isTooLarge waitlistPosition ticketType { name } } } }`;
  return (await dataOf<Data>(query, { id: eventId }, { as: token })).event.viewerRegistration;
};
