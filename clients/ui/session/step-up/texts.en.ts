// The texts of the dialog that asks a person to confirm that it is them.

export const stepUp = {
  title: "Confirm that it is you",
  why: "You signed in a while ago, and this changes how your account is protected.",
  password: "Password",
  code: "Code",
  codeHint: "Of your authenticator app, or a recovery code.",
  confirm: "Confirm",
  refused: "The password is wrong.",
  wrongCode: "This code is wrong, or was used before.",
  tooMany: "There were too many attempts. Try again in {{wait}}.",
};
