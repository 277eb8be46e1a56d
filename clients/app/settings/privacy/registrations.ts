// The viewer's registrations for events that are coming, and whether others see them there.
import { ChangeVisibility, type MyRegistrationsQuery } from "@meetinity/client/operations";
import { client } from "../../shell/client.ts";

type Registrations = NonNullable<NonNullable<MyRegistrationsQuery["me"]>["registrations"]>;
type Node = Registrations["edges"][number]["node"];

/** A registration whose event the viewer may see. */
export type ComingRegistration = Node & { readonly event: NonNullable<Node["event"]> };

const ENDED: readonly string[] = ["CANCELLED", "DECLINED", "EXPIRED"];

/** Soonest first. */
export function comingOf(read: MyRegistrationsQuery, now: Date): readonly ComingRegistration[] {
  const registrations = read.me?.registrations?.edges.map(({ node }) => node) ?? [];
  return registrations
    .filter((each): each is ComingRegistration => {
      const { event, status } = each;
      return event != null && new Date(event.endsAt) > now && !ENDED.includes(status);
    })
    .toSorted((one, other) => one.event.startsAt.localeCompare(other.event.startsAt));
}

export async function changeVisibility(registrationId: string, isHidden: boolean): Promise<void> {
  const input = { registrationId, isHidden };
  await client.run(ChangeVisibility, { input }, { isSafeToRepeat: true });
}
