// The page of an invite link.
import type { Meta } from "@storybook/react-vite";
import { broken, never } from "../../../stories/graph/answers.ts";
import { screen } from "../../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Invite" };
export default meta;

const preview = {
  conversationId: "group",
  title: "Friday dinner",
  description: "We cook, eat, and talk about engines.\nBring a friend.",
  memberCount: 12,
  isViewerMember: false,
};
const LONG = "A group that has a name which does not end, and says more than anybody reads. ";

const shown = (of: unknown) => screen("/invite/code", { Query: { invitePreview: of } });

export const Full = shown(preview);
export const Member = shown({ ...preview, isViewerMember: true });
export const LongTexts = shown({
  ...preview,
  title: LONG.repeat(2).slice(0, 140),
  description: LONG.repeat(7).slice(0, 500),
  memberCount: 256,
});
export const Invalid = shown(null);
export const Loading = shown(never);
export const Failed = shown(broken);
