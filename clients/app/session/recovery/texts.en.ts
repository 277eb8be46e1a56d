// The texts of choosing a new password and of signing in by mail.

export const recovery = {
  forgotTitle: "Forgot your password?",
  forgotLead: "Enter your address. We send you a link with which you choose a new password.",
  sendLink: "Send the link",
  checkMail: "Check your mail",
  resetSent:
    "If {{email}} has an account, a link is on its way. It works once, for 30 minutes. Nothing there? Look in the spam folder.",
  otherAddress: "Another address",
  resetTitle: "Choose a new password",
  resetLead: "All your devices will be signed out.",
  chosen: "New password",
  set: "Set the password",
  resetDone: "Your password was changed",
  resetDoneLead: "Sign in with {{email}} and the new password.",
  linkIncomplete: "This link is incomplete",
  linkIncompleteLead: "Open the link of the mail once more, or ask for a new one.",
  linkInvalid: "This link no longer works",
  linkInvalidLead: "It has been used, is too old, or was replaced by a newer one.",
  newLink: "Ask for a new link",
  byMail: "Sign in by mail",
  byMailLead: "We send you a link and a code. No password needed.",
  sendMail: "Send the mail",
  mailSent:
    "If {{email}} has an account, a mail is on its way. Open its link in this browser, or type its code here. Both work once, for ten minutes.",
  code: "Code",
  codeHint: "Six digits from the mail.",
  sendAgain: "Send again",
  sentAgain: "Another mail is on its way. Either works.",
  withoutMail: "Use your password",
  magicLead: "One click, and you are in.",
  elsewhere: "Open this link where you asked for it",
  elsewhereLead:
    "You asked to sign in from another browser or device. Open the link there, or type the code of the mail there. Here it does nothing.",
  problems: {
    InvalidMagicLinkProblem: "This code has been used, is too old or was tried too often.",
    wrongCode_one: "This is not the code. {{count}} try left.",
    wrongCode_other: "This is not the code. {{count}} tries left.",
    noTries: "This is not the code, and there are no tries left. Ask for a new mail.",
    notACode: "A code has six digits.",
  },
};
