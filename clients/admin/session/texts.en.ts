// The texts of signing in to the portal.
import { session as common } from "@meetinity/ui/session/texts.en.ts";

export const session = {
  ...common,
  tagline: "For organizers, moderators and admins of Meetinity.",
  forgot: "Forgot your password?",
};
