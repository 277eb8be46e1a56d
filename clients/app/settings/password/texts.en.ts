// The texts of changing the password, and of the rules of new ones.

export const passwords = {
  title: "Password",
  sectionHint: "A change signs out all your other devices.",
  current: "Current password",
  new: "New password",
  change: "Change the password",
  wrong: "This is not your current password.",
  tooMany: "Too many attempts. Try again in {{wait}}.",
  notConfirmed: "Nothing was changed, because you did not confirm that it is you.",
  forgot: "Forgot your password?",
  done_zero: "Your password was changed.",
  done_one: "Your password was changed. {{count}} other device was signed out.",
  done_other: "Your password was changed. {{count}} other devices were signed out.",
  rules: "Rules",
  length_one: "At least {{count}} character",
  length_other: "At least {{count}} characters",
  variety: "No repeated or neighbouring characters",
  hint: "Spaces and all scripts are fine. Not your name or address, and none that many people use.",
  kept: ": met",
  open: ": not met yet",
};
