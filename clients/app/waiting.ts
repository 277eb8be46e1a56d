// Work behind all pages. Answers to suggestions that wait are sent when the network is back,
// whatever page is open then (messages and read marks do so by themselves), and tickets are read
// ahead.
import { onReturn } from "@meetinity/ui/offline/away.ts";
import { hasKeptAnswers } from "./people/suggestions/kept-answers.ts";
import { client, TICKETS_READ } from "./shell/client.ts";

export function sendWhenBack(): void {
  onReturn(client, () => void send().catch(() => {}));
  client.session.subscribe(() => void send().catch(() => {}));
}

/** Not among the reads of the first page. */
const LATER_MS = 10_000;

/** Reads tickets ahead, some time after somebody is signed in. */
export function readTicketsLater(): void {
  let last: string | null = null;
  client.session.subscribe(() => {
    const { viewerId } = client.session.getSnapshot();
    if (viewerId === last) return;
    last = viewerId;
    const read = () =>
      import("./offline/tickets-ahead.ts").then(({ readTickets }) => readTickets(viewerId));
    if (viewerId === null) localStorage.removeItem(TICKETS_READ);
    else setTimeout(() => void read().catch(() => {}), LATER_MS);
  });
}

async function send(): Promise<void> {
  const { viewerId } = client.session.getSnapshot();
  if (viewerId === null || !hasKeptAnswers()) return;
  const { suggestionsOf } = await import("./people/suggestions/suggestions.ts");
  suggestionsOf(viewerId).answers.wake();
}
