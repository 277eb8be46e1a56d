// An event in which every field of its stream has a value, and the steps that tell its changes.
import { anEvent, aRegistration, cancelRegistration, type TokenHolder } from "../../kit/stories.ts";
import { aTicketType, ticketTypesOf } from "../../kit/ticket-types.ts";
import { mutate } from "../messaging/harness.ts";

const HOUR_MS = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

interface Guests {
  readonly ada: TokenHolder;
  readonly bob: TokenHolder;
  readonly cy: TokenHolder;
}

/** An event with two seats, all optional fields, a host, a question and a ticket type. */
export async function aRichEvent(organizer: TokenHolder, host: TokenHolder): Promise<string> {
  const eventId = await anEvent(organizer.token, {
    ...{ isDraft: true, capacity: 2, offerMinutes: 60 },
    ...{ description: "About types", venue: "The library", tags: ["typescript"] },
  });
  await mutate("UpdateEvent", organizer, {
    ...{ eventId, language: "fr", onlineUrl: "https://meet.example.org/types" },
    ...{ registrationOpensAt: inHours(-1), registrationClosesAt: inHours(20) },
    cancellationClosesAt: inHours(20),
  });
  const questions = [{ kind: "TEXT", text: "What do you bring?" }];
  await mutate("SetQuestions", organizer, { eventId, questions });
  await mutate("AddHost", organizer, { eventId, userId: host.id, rights: ["CHECK_IN"] });
  await aTicketType(organizer.token, eventId, {
    ...{ description: "With a seat at the table", price: { amount: 500, currency: "EUR" } },
    ...{ quota: 50, partySizeMax: 2 },
  });
  await mutate("PublishEvent", organizer, { eventId });
  return eventId;
}

/** Steps that each cause one update: all kinds of registrations, and of changes of the event. */
export function gatheringSteps(organizer: TokenHolder, { ada, bob, cy }: Guests, eventId: string) {
  const ids = { ada: "", cy: "" };
  const registers = async ({ token }: TokenHolder) => {
    const [type] = await ticketTypesOf(token, eventId);
    return aRegistration(token, eventId, type ? { ticketTypeId: type.id } : {});
  };
  return [
    () => registers(organizer),
    async () => {
      ids.ada = (await registers(ada)).id;
    },
    // Waits, then is offered a seat.
    () => registers(bob),
    () => mutate("UpdateEvent", organizer, { eventId, capacity: 3 }),
    () => cancelRegistration(ada.token, ids.ada),
    async () => {
      await mutate("UpdateEvent", organizer, { eventId, isApprovalRequired: true });
      ids.cy = (await registers(cy)).id;
    },
    () => mutate("DeclineRegistration", organizer, { registrationId: ids.cy, note: "Too late." }),
    () => mutate("CancelEvent", organizer, { eventId, reason: "The library is closed." }),
  ];
}
