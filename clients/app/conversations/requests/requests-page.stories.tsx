// The message requests of strangers, and their invitations to groups.
import type { Meta } from "@storybook/react-vite";
import { inMinutes } from "../../../stories/fixtures/moments.ts";
import { alan, grace, wolfe } from "../../../stories/fixtures/people.ts";
import { broken, connection, never } from "../../../stories/graph/answers.ts";
import { screen } from "../../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Requests" };
export default meta;

const request = (id: string, sender: object | null, more: object) => ({
  ...{ conversationId: id, kind: "DIRECT", sender, text: null, title: null },
  ...{ memberCount: 1, sentAt: inMinutes(-id.length), ...more },
});

const requests = [
  request("one", grace, { text: "We met in Berlin.\nDo you still have the slides?" }),
  request("three", wolfe, { text: "A first message that says everything. ".repeat(20) }),
  request("group", alan, { kind: "GROUP", title: "Friday dinner", memberCount: 12 }),
  request("nobody", null, { text: "This account is gone." }),
];

const withRequests = (of: unknown) => screen("/requests", { Query: { messageRequests: of } });

export const Full = withRequests(connection(requests, { totalCount: 4 }));
export const Loading = withRequests(never);
export const Empty = withRequests(connection([], { totalCount: 0 }));
export const Failed = withRequests(broken);
export const Offline = screen("/requests", { isOffline: true });
