// Texts that were written and not sent: one for each conversation, as long as the tab lives and
// the person is signed in.

const PREFIX = "meetinity.draft.";

export function keptDraft(viewerId: string | null, conversationId: string): string {
  return sessionStorage.getItem(keyOf(viewerId, conversationId)) ?? "";
}

export function keepDraft(viewerId: string | null, conversationId: string, text: string): void {
  const key = keyOf(viewerId, conversationId);
  if (text === "") sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, text);
}

/** For when a person signs out. */
export function forgetDrafts(): void {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }
}

function keyOf(viewerId: string | null, conversationId: string): string {
  return `${PREFIX}${viewerId}.${conversationId}`;
}
