// The reader's own profile.
import type { Meta } from "@storybook/react-vite";
import { ada, wolfe } from "../../../stories/fixtures/people.ts";
import { broken, never } from "../../../stories/graph/answers.ts";
import { screen } from "../../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Profile" };
export default meta;

const TOPICS = ["GraphQL", "TypeScript", "Teaching", "Music", "Sailing"];

const withProfile = (user: unknown) =>
  screen("/profile", { Query: { user, me: ada, suggestedTopics: TOPICS } });

export const Full = withProfile(ada);
export const LongTexts = withProfile({ ...wolfe, id: "ada" });
export const New = withProfile({ id: "ada", displayName: "Ada", createdAt: ada.createdAt });
export const Loading = withProfile(never);
export const Failed = withProfile(broken);
export const Offline = screen("/profile", { isOffline: true });
