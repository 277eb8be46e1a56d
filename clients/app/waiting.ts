// Work behind all pages. Answers to suggestions that wait are sent when the network is back,
// whatever page is open then (messages and read marks do so by themselves), tickets are read ahead,
// and the pushes of this browser are renewed.
import { onReturn } from "@meetinity/ui/offline/away.ts";
import { hasKeptAnswers } from "./people/suggestions/kept-answers.ts";
import { client, TICKETS_READ } from "./shell/client.ts";
import { PUSHED } from "./shell/pushed.ts";

export function sendWhenBack(): void {
  onReturn(client, () => void send().catch(() => {}));
  client.session.subscribe(() => void send().catch(() => {}));
}

/** Not among the reads of the first page. */
const LATER_MS = 10_000;

/** Reads tickets ahead, some time after somebody is signed in. */
export function readTicketsLater(): void {
  afterSignIn((viewerId) => {
    const read = () =>
      import("./offline/tickets-ahead.ts").then(({ readTickets }) => readTickets(viewerId));
    if (viewerId === null) localStorage.removeItem(TICKETS_READ);
    else setTimeout(() => void read().catch(() => {}), LATER_MS);
  });
}

/** Registers this browser for pushes anew if the person who has signed in wants them here. */
export function renewPushesLater(): void {
  afterSignIn((viewerId) => {
    if (localStorage.getItem(PUSHED) !== viewerId) return;
    const renew = () =>
      import("./settings/notifications/push/this-device.ts").then(({ renewHere }) => renewHere());
    setTimeout(() => void renew().catch(() => {}), LATER_MS);
  });
}

/** Calls `work` with each person who is signed in from now on; with null after a sign-out. */
function afterSignIn(work: (viewerId: string | null) => void): void {
  let last: string | null = null;
  client.session.subscribe(() => {
    const { viewerId } = client.session.getSnapshot();
    if (viewerId === last) return;
    last = viewerId;
    work(viewerId);
  });
}

async function send(): Promise<void> {
  const { viewerId } = client.session.getSnapshot();
  if (viewerId === null || !hasKeptAnswers()) return;
  const { suggestionsOf } = await import("./people/suggestions/suggestions.ts");
  suggestionsOf(viewerId).answers.wake();
}
