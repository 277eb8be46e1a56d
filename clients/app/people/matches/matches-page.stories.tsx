// People who want to meet the reader, and whom the reader wants to meet.
import type { Meta } from "@storybook/react-vite";
import { matches } from "../../../stories/fixtures/matching.ts";
import { broken, connection, never } from "../../../stories/graph/answers.ts";
import { screen } from "../../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Matches" };
export default meta;

const withMatches = (of: unknown) => screen("/people/matches", { Query: { matches: of } });

export const Full = withMatches(connection(matches, { seq: 4 }));
export const Loading = withMatches(never);
export const Empty = withMatches(connection([], { seq: 0 }));
export const Failed = withMatches(broken);
export const Offline = screen("/people/matches", { isOffline: true });
