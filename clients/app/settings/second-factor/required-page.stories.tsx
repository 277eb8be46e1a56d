// The page that asks for a second factor, for people whose role needs one.
import type { Meta } from "@storybook/react-vite";
import { ada } from "../../../stories/fixtures/people.ts";
import { screen } from "../../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Two-step sign-in" };
export default meta;

export const Required = screen("/two-step-sign-in", {
  viewer: { id: "ada", isSecondFactorMissing: true },
  Query: { me: { ...ada, isSecondFactorMissing: true } },
});
