// Seeds the hosts of events. The events subgraph must know their names.
import { z } from "zod";
import type { Send } from "./client.ts";
import { events } from "./events.ts";
import { type EventIds, memberOf } from "./seed-events.ts";
import type { Members } from "./seed-people.ts";

const outcome = z.object({ __typename: z.literal("AddHostSuccess") });

export async function seedHosts(send: Send, members: Members, eventIds: EventIds): Promise<void> {
  for (const plan of events) {
    const { accessToken } = memberOf(members, plan.organizer);
    for (const account of plan.hosts ?? []) {
      const { id: userId } = memberOf(members, account);
      const rights = ["CHECK_IN", "SEE_PEOPLE"];
      const variables = { input: { eventId: eventIds.get(plan), userId, rights } };
      await send({ operation: "AddHost", variables, outcome, accessToken });
    }
  }
}
