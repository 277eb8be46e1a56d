// One conversation, beside the list on a wide screen.
import type { Meta } from "@storybook/react-vite";
import {
  closed,
  conversation,
  conversations,
  group,
  longTitle,
  withFiles,
  withGrace,
} from "../../stories/fixtures/conversations.ts";
import { linksOf } from "../../stories/fixtures/files.ts";
import { alan } from "../../stories/fixtures/people.ts";
import { broken, connection, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Conversation" };
export default meta;

const shown = (of: unknown) =>
  screen("/conversations/one", {
    Query: { conversations: connection(conversations), conversation: of },
  });

export const Full = shown(withGrace);
export const Group = shown(group);
export const WithFiles = screen("/conversations/one", {
  Query: {
    conversations: connection([withFiles, ...conversations]),
    conversation: withFiles,
    attachments: linksOf,
  },
});
export const LongTexts = shown(longTitle);
export const Closed = shown(closed);
export const Empty = shown(
  conversation({ id: "new", kind: "DIRECT", people: [alan], messages: [] }),
);
export const Loading = shown(never);
export const Failed = shown(broken);
export const Unknown = shown(null);
export const Offline = screen("/conversations/one", { isOffline: true });
