// The texts of the second step of signing in.

export const secondStep = {
  title: "Enter your code",
  lead: "Your account has two-step sign-in.",
  submit: "Sign in",
  code: "Code",
  codeHint: "The six digits that your authenticator app shows.",
  recoveryCode: "Recovery code",
  recoveryHint: "One of the ten codes that you kept. Each works once.",
  useRecovery: "Use a recovery code",
  useApp: "Use the app",
  startOver: "Sign in to another account",
  wrongCode_one: "This code is wrong, or was used before. One try is left.",
  wrongCode_other: "This code is wrong, or was used before. {{count}} tries are left.",
  tooMany: "There were too many attempts. Try again in {{wait}}.",
  ended: "That took too long, or too many tries. Sign in again.",
};
