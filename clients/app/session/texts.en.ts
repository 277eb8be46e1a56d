// The texts of signing up and in.
import { session as common } from "@meetinity/ui/session/texts.en.ts";

export const session = {
  ...common,
  signUp: "Create an account",
  createAccount: "Create account",
  name: "Name",
  nameHint: "As others will see it.",
  passwordHint: "At least 8 characters.",
  forgot: "Forgot your password?",
  byMail: "Sign in by mail",
  noAccount: "New here?",
  hasAccount: "Already have an account?",
  tagline: "Meet people at events, and go on talking.",
  problems: {
    ...common.problems,
    EmailTakenProblem: "This address already has an account.",
    ReservedNameProblem: "This name is reserved. Please use your own name.",
  },
};
