// Changes that are published to other subgraphs: profiles, blocks, registrations and cancellations.
import type { Person } from "../kit/stories.ts";
import { type Load, repeat } from "./load.ts";

interface Registered {
  readonly registerForEvent: { readonly registration?: { readonly id: string } };
}

export interface Life {
  readonly me: Person;
  /** People to block and to unblock. */
  readonly others: readonly Person[];
  readonly events: readonly string[];
  /** Stays in every version of the profile. */
  readonly skill: string;
}

/** Makes the changes of one person until the load ends. */
export async function live(load: Load, { me, others, events, skill }: Life, router: number) {
  const insist = <Data>(name: string, input: object) =>
    load.insist<Data>(name, input, me.token, router);
  await repeat(load, async (turn) => {
    await insist("UpdateProfile", { skills: [skill, `Knot ${turn}`], location: `Pier ${turn}` });
    const userId = others[turn % others.length]?.id;
    await insist(turn % 2 === 0 ? "BlockUser" : "UnblockUser", { userId });
    const eventId = events[turn % events.length];
    const register = { eventId, idempotencyKey: `${me.id} ${turn}` };
    const { registerForEvent } = await insist<Registered>("RegisterForEvent", register);
    const registrationId = registerForEvent.registration?.id;
    if (registrationId && turn % 3 > 0) await insist("CancelRegistration", { registrationId });
  });
}
