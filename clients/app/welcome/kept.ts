// Answers of the first steps that are not saved yet: this browser keeps them, so that a reload
// loses none. Another person finds nothing of it.
import { type Draft, FIELDS } from "../people/profile/draft.ts";
import { DRAFT } from "../shell/first-steps.ts";

export function keepDraft(viewerId: string, draft: Draft | null): void {
  if (draft === null) localStorage.removeItem(DRAFT);
  else localStorage.setItem(DRAFT, JSON.stringify({ viewerId, draft }));
}

/** Null where there is none of this person, or another release has written it. */
export function keptDraft(viewerId: string, like: Draft): Draft | null {
  return draftIn(localStorage.getItem(DRAFT), viewerId, like);
}

/** The draft in a text: its fields must be as those of `like`. */
export function draftIn(text: string | null, viewerId: string, like: Draft): Draft | null {
  try {
    const kept = JSON.parse(text ?? "null");
    if (kept?.viewerId !== viewerId) return null;
    const isAlike = FIELDS.every((name) => {
      const value: unknown = kept.draft?.[name];
      if (typeof like[name] === "string") return typeof value === "string";
      return Array.isArray(value) && value.every((each) => typeof each === "string");
    });
    return isAlike ? (kept.draft as Draft) : null;
  } catch {
    return null;
  }
}
