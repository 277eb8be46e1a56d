// The marks of a conversation in a list: settings of the viewer, and what is unread.
import type { InboxRow } from "@meetinity/client";
import type { Meta } from "@storybook/react-vite";
import { RowBadges, RowMarks } from "./row-marks.tsx";

const meta: Meta = { title: "Parts/Marks of conversations" };
export default meta;

const ROW: InboxRow = {
  ...{ id: "c", kind: "GROUP", title: "Talk", pictureUrl: null, members: [] },
  ...{ lastSeq: 4, readSeq: 2 },
  ...{ unreadMentions: 0, unreadCount: 0, unreadCountSeq: 4, lastMessage: null, typing: [] },
  ...{ activityAt: "2026-01-01T00:00:00.000Z", isMuted: false, mutedUntil: null, draft: null },
  ...{ isArchived: false, isHidden: false, isFavourite: false, isMarkedUnread: false },
};

function Marked(more: Partial<InboxRow>) {
  const row = { ...ROW, ...more };
  return (
    <p>
      {row.title} <RowMarks row={row} />
      <RowBadges row={row} />
    </p>
  );
}

export const Read = () => <Marked />;
export const Favourite = () => <Marked isFavourite />;
export const Muted = () => <Marked isMuted unreadCount={3} />;
export const Unread = () => <Marked unreadCount={3} />;
export const Many = () => <Marked isFavourite isMuted unreadCount={120} unreadMentions={2} />;
export const Mentioned = () => <Marked unreadCount={2} unreadMentions={1} />;
export const MarkedUnread = () => <Marked isMarkedUnread />;
