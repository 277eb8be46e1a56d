// The texts for people who are leaving, and may come back.

export const comingBack = {
  title: "You are leaving",
  lead: "Your account will be deleted on {{date}}.",
  until: "Until then, nobody finds you, and you can do nothing here but come back.",
  comeBack: "Come back",
  signOut: "Sign out",
  leftTitle: "You have left",
  leftLead: "You are signed out on all your devices.",
  leftUntil: "We delete your account on {{date}}. Until then, sign in to come back.",
  leftSoon: "We delete your account in a few weeks. Until then, sign in to come back.",
  leftMail: "We have sent you a mail that says the same.",
};
