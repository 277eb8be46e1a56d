// The texts of leaving Meetinity.

export const leaving = {
  title: "Leave Meetinity",
  hint: "You can delete your account with everything that is yours. This is what happens:",
  effects: {
    signedOut: "You are signed out on all your devices at once, and nobody finds you any more.",
    comeBack: "For 30 days you can come back: sign in, and everything is as it was.",
    profile: "Then your profile, your address and your settings are deleted for good.",
    messages: "Your messages lose their text. Others keep their conversations, without your name.",
    events:
      "Your seats go to those who wait. Your drafts are deleted. Your published events stay, without an organizer, and take no more registrations.",
    matches: "Your matches and suggestions are deleted, for the others too.",
  },
  password: "Your password",
  leave: "Delete my account",
  confirmTitle: "Delete your account?",
  confirmText: "You are signed out everywhere now. After 30 days nobody can bring anything back.",
  confirm: "Delete my account",
  wrong: "This is not your password.",
  tooMany: "Too many attempts. Try again in {{wait}}.",
  lastAdmin: "You are the last admin. Make somebody else an admin first.",
  notConfirmed: "Nothing was changed, because you did not confirm that it is you.",
};
