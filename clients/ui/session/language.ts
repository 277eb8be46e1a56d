// The language of the person's account: it is shown wherever they sign in, and a choice on one
// device is stored there. A choice that could not be stored, for want of a network, counts on this
// device and is sent again.
import { type Client, NetworkError } from "@meetinity/client";
import { ChangeLanguage } from "@meetinity/client/operations";
import i18next from "i18next";
import { followLanguage, knownLanguage, whenLanguageIsChosen } from "../i18n/i18n.ts";

/** The choice that is not stored at the account yet: the person and the language. */
const UNSENT = "meetinity.languageUnsent";

/** Keeps the account of whoever is signed in and the language of this page the same. */
export function shareLanguage(client: Client): void {
  /** The language that was followed last: the account may be older than the page. */
  let followed = "";
  function follow(): void {
    const { viewerId, language = "" } = client.session.getSnapshot();
    if (viewerId !== null && unsentOf(viewerId) !== null) return void send(client);
    const known = `${viewerId} ${language}`;
    if (followed === known) return;
    followed = known;
    const wanted = knownLanguage(language);
    if (wanted === null || wanted === i18next.language) return;
    // Without its texts the page stays as it is.
    followLanguage(wanted).catch(() => {});
  }
  client.session.subscribe(follow);
  window.addEventListener("online", follow);
  whenLanguageIsChosen((language) => {
    const { viewerId } = client.session.getSnapshot();
    if (viewerId === null) return;
    localStorage.setItem(UNSENT, `${viewerId} ${language}`);
    void send(client);
  });
}

/** The language that this person chose here and that their account does not have yet. */
function unsentOf(viewerId: string): string | null {
  const [person, language = null] = localStorage.getItem(UNSENT)?.split(" ") ?? [];
  return person === viewerId ? language : null;
}

let isSending = false;

/** Sends the last choice; without a network it stays, for the next time. */
async function send(client: Client): Promise<void> {
  const { viewerId } = client.session.getSnapshot();
  const language = viewerId === null ? null : unsentOf(viewerId);
  if (isSending || viewerId === null || language === null) return;
  isSending = true;
  const options = { isSafeToRepeat: true, viewerId };
  const failure = await client
    .run(ChangeLanguage, { input: { language } }, options)
    .then(() => null)
    .catch((error: unknown) => error);
  isSending = false;
  if (failure instanceof NetworkError) return;
  // The person may have chosen another one meanwhile.
  if (unsentOf(viewerId) !== language) return send(client);
  localStorage.removeItem(UNSENT);
  // The other tabs learn it, and so does this one: what it knows of the account is older.
  if (failure === null) await client.session.refresh().catch(() => {});
}
