// The list of events.
import type { Meta } from "@storybook/react-vite";
import { events } from "../../stories/fixtures/events.ts";
import { broken, connection, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Events" };
export default meta;

export const Full = screen("/events", { Query: { events: connection(events) } });
export const Loading = screen("/events", { Query: { events: never } });
export const Empty = screen("/events");
export const NothingFound = screen("/events?search=nothing");
export const Failed = screen("/events", { Query: { events: broken } });
export const Offline = screen("/events", { isOffline: true });
