// English texts of tickets.

export const tickets = {
  title_one: "Your ticket",
  title_other: "Your tickets",
  hint_one: "Show it at the door. Whoever has the code can come in with it, once.",
  hint_other: "Each person shows one at the door. Whoever has a code can come in with it, once.",
  qr: "QR code of the ticket for person {{seat}} of {{partySize}}",
  seat: "Person {{seat}} of {{partySize}}",
  seatOwn: "You: person {{seat}} of {{partySize}}",
  large: "Show it large",
  maybeOld: "If new codes were made on another device since then, these are worthless.",
  come: "Checked in at {{at}}",
  code: "Show the code as text",
  renew: "Get new codes",
  renewTitle: "Get new codes?",
  renewText: "The codes you have now are worthless after that, also those that you sent to others.",
  renewed: "Your tickets have new codes.",
  none: "There are no tickets for this registration.",
  failed: "The tickets could not be read",
};
