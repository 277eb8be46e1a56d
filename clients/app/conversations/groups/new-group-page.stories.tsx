// A new group.
import type { Meta } from "@storybook/react-vite";
import { conversations } from "../../../stories/fixtures/conversations.ts";
import { matches } from "../../../stories/fixtures/matching.ts";
import { broken, connection, never } from "../../../stories/graph/answers.ts";
import { screen } from "../../../stories/screen.tsx";

const meta: Meta = { title: "Screens/New group" };
export default meta;

const withMatches = (of: unknown, talks: readonly object[] = []) =>
  screen("/new-group", { Query: { matches: of, conversations: connection(talks) } });

export const Full = withMatches(connection(matches, { seq: 4 }), conversations);
export const Loading = withMatches(never);
export const Empty = withMatches(connection([], { seq: 0 }));
export const Failed = withMatches(broken);
export const Offline = screen("/new-group", { isOffline: true });
