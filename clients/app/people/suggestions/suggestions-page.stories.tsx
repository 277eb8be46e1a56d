// People whom the reader may meet.
import type { Meta } from "@storybook/react-vite";
import { suggestions } from "../../../stories/fixtures/matching.ts";
import { broken, connection, never } from "../../../stories/graph/answers.ts";
import { screen } from "../../../stories/screen.tsx";

const meta: Meta = { title: "Screens/People to meet" };
export default meta;

const withPeople = (matchSuggestions: unknown) =>
  screen("/people", { Query: { matchSuggestions } });

export const Full = withPeople(connection(suggestions));
export const LongTexts = withPeople(connection(suggestions.slice(2)));
export const RightToLeft = withPeople(connection(suggestions.slice(1, 2)));
export const Loading = withPeople(never);
export const Empty = withPeople(connection([]));
export const Failed = withPeople(broken);
export const Offline = screen("/people", { isOffline: true });
