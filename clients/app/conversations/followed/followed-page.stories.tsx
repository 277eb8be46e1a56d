// The threads that the viewer follows, and the way to them above the list of conversations.
import type { Meta } from "@storybook/react-vite";
import { conversations, followedThreads } from "../../../stories/fixtures/conversations.ts";
import { ada } from "../../../stories/fixtures/people.ts";
import { broken, connection, never } from "../../../stories/graph/answers.ts";
import { screen } from "../../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Threads" };
export default meta;

const withThreads = (of: unknown) => screen("/threads", { Query: { followedThreads: of } });

export const Full = withThreads(connection(followedThreads));
export const Loading = withThreads(never);
export const Empty = withThreads(connection([]));
export const Failed = withThreads(broken);
export const Offline = screen("/threads", { isOffline: true });

export const Way = screen("/", {
  Query: {
    conversations: connection(conversations),
    followedThreads: connection(followedThreads, {
      pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: "a", endCursor: "a" },
    }),
    me: { ...ada, unreadThreads: 3 },
  },
});
