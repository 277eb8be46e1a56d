// Notifications of seats, changes and matches; a list that loads, is empty or has failed.
import type { Meta } from "@storybook/react-vite";
import { notifications } from "../../stories/fixtures/notifications.ts";
import { broken, connection, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Notifications" };
export default meta;

const withNotifications = (of: unknown) =>
  screen("/notifications", { Query: { notifications: of } });

export const Full = withNotifications(connection(notifications, { seq: 4 }));
export const Loading = withNotifications(never);
export const Empty = withNotifications(connection([], { seq: 0 }));
export const Failed = withNotifications(broken);
