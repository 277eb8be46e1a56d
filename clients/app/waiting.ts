// Answers to suggestions that wait are sent when the network is back, whatever page is open then.
// Messages and read marks do so by themselves.
import { onReturn } from "@meetinity/ui/offline/away.ts";
import { hasKeptAnswers } from "./people/suggestions/kept-answers.ts";
import { client } from "./shell/client.ts";

export function sendWhenBack(): void {
  onReturn(client, () => void send().catch(() => {}));
  client.session.subscribe(() => void send().catch(() => {}));
}

async function send(): Promise<void> {
  const { viewerId } = client.session.getSnapshot();
  if (viewerId === null || !hasKeptAnswers()) return;
  const { suggestionsOf } = await import("./people/suggestions/suggestions.ts");
  suggestionsOf(viewerId).answers.wake();
}
