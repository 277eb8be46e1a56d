// The ways in: signing in, signing up, and what to do without a password.
import type { Meta } from "@storybook/react-vite";
import { inDays } from "../../stories/fixtures/moments.ts";
import { ada } from "../../stories/fixtures/people.ts";
import type { Graph } from "../../stories/graph/answers.ts";
import { screen } from "../../stories/screen.tsx";

const meta: Meta = { title: "Screens/Signing in" };
export default meta;

const OUT: Graph = { viewer: null };
const unconfirmed: Graph = {
  viewer: { id: "ada", isEmailVerified: false },
  Query: { me: { ...ada, isEmailVerified: false } },
};

export const SignIn = screen("/sign-in", OUT);
export const SignUp = screen("/sign-up", OUT);
export const SignInByMail = screen("/sign-in-by-mail", OUT);
export const ForgotPassword = screen("/forgot-password", OUT);
export const ResetPassword = screen("/reset-password#token=one", OUT);
export const ConfirmAddress = screen("/confirm-address", unconfirmed);
export const Leaving = screen("/leaving", {
  viewer: { id: "ada", leavesAt: inDays(14) },
  Query: { me: { ...ada, leavesAt: inDays(14) } },
});
export const Left = screen(`/left?until=${inDays(14)}`, OUT);
export const Unknown = screen("/nowhere", OUT);
