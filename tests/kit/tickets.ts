// The codes of tickets, as the stack signs them.
import { createTicketCodes, ticketKeysSetting } from "../../subgraphs/events/door/ticket-codes.ts";
import { stack } from "./stack.ts";

export function ticketCodes() {
  return createTicketCodes(ticketKeysSetting.parse(stack().keys.TICKET_SIGNING_KEYS));
}
