// The texts of signing in.

export const session = {
  signIn: "Sign in",
  ended:
    "Your session on this device has ended, perhaps because you signed it out on another one. Sign in again to go on.",
  email: "Email address",
  password: "Password",
  problems: {
    InvalidCredentialsProblem: "The email address or the password is wrong.",
    TooManyAttemptsProblem: "There were too many attempts. Try again in {{wait}}.",
    AccountSuspendedProblem:
      "This account is suspended: “{{explanation}}” If you think that this is a mistake, answer the email that we sent you about it.",
  },
};
