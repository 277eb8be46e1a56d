// The texts of signing up and in.

export const session = {
  signIn: "Sign in",
  signUp: "Create an account",
  ended:
    "Your session on this device has ended, perhaps because you signed it out on another one. Sign in again to go on.",
  createAccount: "Create account",
  name: "Name",
  nameHint: "As others will see it.",
  email: "Email address",
  password: "Password",
  passwordHint: "At least 8 characters.",
  forgot: "Forgot your password?",
  byMail: "Sign in by mail",
  noAccount: "New here?",
  hasAccount: "Already have an account?",
  tagline: "Meet people at events, and go on talking.",
  problems: {
    InvalidCredentialsProblem: "The email address or the password is wrong.",
    TooManyAttemptsProblem: "There were too many attempts. Try again in {{wait}}.",
    AccountSuspendedProblem:
      "This account is suspended: “{{explanation}}” If you think that this is a mistake, answer the email that we sent you about it.",
    EmailTakenProblem: "This address already has an account.",
    ReservedNameProblem: "This name is reserved. Please use your own name.",
  },
};
