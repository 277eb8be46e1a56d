// Where this browser keeps the facts of events that its reader has seen. It is emptied with the
// session: nobody else who uses the browser sees them.

export const SEEN_EVENTS = "meetinity.seenEvents";
