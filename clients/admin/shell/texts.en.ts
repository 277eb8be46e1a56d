// The texts that every page of the portal has.
import { shell as common } from "@meetinity/ui/shell/texts.en.ts";

export const shell = {
  ...common,
  portal: "Portal",
  navigation: "Portal",
  areas: { events: "Events", people: "People", operations: "Operations" },
  places: {
    events: "Events",
    people: "People",
    suspended: "Suspended",
    names: "Name reviews",
    live: "Right now",
    jobs: "Failed jobs",
    erasures: "Erasures",
  },
  offline: "You are offline. What you see may be out of date.",
  notYours: "This is not for your account",
  notYoursHint:
    "The portal is for people who organize events or look after Meetinity. If that should be you, ask an admin for the role.",
  toApp: "To the app",
  toStart: "To the first page",
  secondFactorTitle: "Your role needs two-step sign-in",
  secondFactorLead:
    "Turn it on in the app, which opens beside this page. Then you go on here. Until then your role does not count.",
  later: "Not now",
  secondFactorMissing: "Your role counts once you have two-step sign-in.",
  turnItOn: "Turn it on in the app",
  more: "Show more",
  end: "That is all.",
};
