// The reader's own registrations, in each state.
import type { Meta } from "@storybook/react-vite";
import {
  cancelled,
  full,
  graphql,
  hebrew,
  long,
  over,
  registration,
} from "../../stories/fixtures/events.ts";
import { inMinutes } from "../../stories/fixtures/moments.ts";
import { broken, connection, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Registrations" };
export default meta;

const withOwn = (own: unknown) =>
  screen("/registrations", { Query: { me: { registrations: own } } });

export const Full = withOwn(
  connection([
    registration("r1", "CONFIRMED", graphql, { partySize: 2 }),
    registration("r2", "OFFERED", full, { offerExpiresAt: inMinutes(42) }),
    registration("r3", "WAITLISTED", hebrew, { waitlistPosition: 12 }),
    registration("r4", "PENDING_APPROVAL", long),
    registration("r5", "CONFIRMED", cancelled),
    registration("r6", "CHECKED_IN", over),
    registration("r7", "CONFIRMED", null),
  ]),
);
export const Loading = withOwn(never);
export const Empty = withOwn(connection([]));
export const Failed = withOwn(broken);
export const Offline = screen("/registrations", { isOffline: true });
