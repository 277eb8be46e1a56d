// The texts of the list of devices.

export const devices = {
  hint: "Where you are signed in. Sign out what you do not know or use no more, and change your password if somebody else may have it.",
  list: "Devices that are signed in",
  browserOnSystem: "{{browser}} on {{system}}",
  unknown: "Unknown device",
  current: "This device",
  since: "Signed in on {{date}}",
  activeNow: "In use now",
  activeLately: "Used in the last 20 minutes",
  lastUsed: "Last used {{ago}}",
  end: "Sign out",
  endName: "Sign out {{name}}",
  ended: "{{name}} is signed out.",
  endOthers: "Sign out all other devices",
  endOthersTitle: "Sign out all other devices?",
  endOthersText:
    "You stay signed in on this device only. When somebody signs in on another one again, you get a mail.",
  endedOthers_one: "One other device is signed out.",
  endedOthers_other: "{{count}} other devices are signed out.",
  more: "Show more",
};
