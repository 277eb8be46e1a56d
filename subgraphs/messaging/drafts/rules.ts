// Whether a draft may be saved. Pure.

export interface DraftText {
  readonly body: string;
  readonly replyToId: string | null;
}

export type DraftVerdict = "save" | "same" | "stale";

/** Judges a draft for one that is stored: null when there is none. The same text is never stale. */
export function judgeDraft(
  stored: (DraftText & { readonly version: number }) | null,
  wish: DraftText & { readonly expectedVersion: number },
): DraftVerdict {
  if (stored && stored.body === wish.body && stored.replyToId === wish.replyToId) return "same";
  return (stored?.version ?? 0) === wish.expectedVersion ? "save" : "stale";
}
