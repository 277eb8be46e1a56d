// The list of conversations.
import type { Meta } from "@storybook/react-vite";
import { conversations } from "../../stories/fixtures/conversations.ts";
import { broken, connection, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Conversations" };
export default meta;

const withList = (of: unknown) => screen("/", { Query: { conversations: of } });

export const Full = withList(connection(conversations));
export const Loading = withList(never);
export const Empty = withList(connection([]));
export const Failed = withList(broken);
export const Offline = screen("/", { isOffline: true });
