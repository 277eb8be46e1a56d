// The texts that every page of the app has.
import { shell as common } from "@meetinity/ui/shell/texts.en.ts";

export const shell = {
  ...common,
  navigation: "Sections",
  sections: {
    conversations: "Conversations",
    events: "Events",
    people: "People",
    profile: "Profile",
  },
  unread_one: "{{count}} unread",
  unread_other: "{{count}} unread",
  mentions_one: "{{count}} mentions you",
  mentions_other: "{{count}} mention you",
  notifications: "Notifications",
  newNotifications_one: "{{count}} new",
  newNotifications_other: "{{count}} new",
  back: "Back",
  events: "Events",
  myRegistrations: "My registrations",
  myCard: "My card",
  settings: "Settings",
  confirmAddress: {
    ask: "Confirm your email address first: then you can write to others.",
    send: "Send the email again",
    sent: "An email is on its way to you. Open its link, then try again.",
    sentBefore: "We have sent you an email a moment ago. Open its link, then try again.",
    done: "Your address is confirmed. Try again.",
  },
  firstSteps: {
    offer: "Finish your start",
    left_one: "One step is left. It takes a minute.",
    left_other: "{{count}} steps are left. It takes two minutes.",
    goOn: "Continue",
    notNow: "Not now",
    back: "Back to your first steps",
  },
  unconfirmed: "Your email address is not confirmed yet. Until then you only look round.",
  confirmAddressNow: "Confirm it now",
  offline: "You are offline. Messages are sent when the connection is back.",
  tooManyRequests_one:
    "{{count}} person whom you wrote to or invited lately has not answered. Wait for an answer first.",
  tooManyRequests_other:
    "{{count}} people whom you wrote to or invited lately have not answered. Wait for their answers first.",
  toConversations: "To your conversations",
};
