// People whom the reader has blocked.
import type { Meta } from "@storybook/react-vite";
import { everybody } from "../../../stories/fixtures/people.ts";
import { broken, connection, never } from "../../../stories/graph/answers.ts";
import { screen } from "../../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Blocked people" };
export default meta;

const withBlocked = (blockedUsers: unknown) =>
  screen("/profile/blocked", { Query: { me: { blockedUsers } } });

export const Full = withBlocked(connection(everybody));
export const Loading = withBlocked(never);
export const Empty = withBlocked(connection([]));
export const Failed = withBlocked(broken);
export const Offline = screen("/profile/blocked", { isOffline: true });
