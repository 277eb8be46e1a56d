// The card of a person.
import type { Meta } from "@storybook/react-vite";
import { alan, grace, noa, omar, wolfe } from "../../stories/fixtures/people.ts";
import { broken, never } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Person" };
export default meta;

const withPerson = (user: unknown) => screen("/people/other", { Query: { user } });

export const Full = withPerson(grace);
export const LongTexts = withPerson(wolfe);
export const RightToLeft = withPerson(noa);
export const Arabic = withPerson(omar);
export const NameAlone = withPerson(alan);
export const Blocked = withPerson({ ...grace, isBlockedByViewer: true });
export const Loading = withPerson(never);
export const Failed = withPerson(broken);
export const Unknown = withPerson(null);
export const Offline = screen("/people/other", { isOffline: true });
