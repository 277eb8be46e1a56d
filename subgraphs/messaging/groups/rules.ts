// The details of a group that a change changes. Pure.
import type { ConversationField } from "../entries.ts";
import type { Policy } from "../rights.ts";

/** The details of a group. */
export interface Details {
  readonly title: string | null;
  readonly description: string | null;
  readonly posting: Policy;
  readonly adding: Policy;
  readonly pinning: Policy;
  readonly history: "WHOLE" | "FROM_JOINING";
  readonly editHistory: "MEMBERS" | "ADMINS";
}

const NAMES: Readonly<Record<keyof Details, ConversationField>> = {
  title: "TITLE",
  description: "DESCRIPTION",
  posting: "POSTING",
  adding: "ADDING",
  pinning: "PINNING",
  history: "HISTORY",
  editHistory: "EDIT_HISTORY",
};

export type DetailsVerdict =
  | { readonly kind: "same" }
  | { readonly kind: "stale"; readonly currentVersion: number }
  | {
      readonly kind: "change";
      readonly fields: readonly ConversationField[];
      readonly details: Details;
    };

/**
 * Judges wanted details; those that are missing stay. What is so already changes nothing, whatever
 * version the viewer saw, so that a retry is no second change.
 */
export function judgeDetails(
  current: Details & { readonly version: number },
  wish: Partial<Details>,
  expectedVersion: number | null,
): DetailsVerdict {
  const names = Object.keys(NAMES) as (keyof Details)[];
  const changed = names.filter((name) => name in wish && wish[name] !== current[name]);
  if (changed.length === 0) return { kind: "same" };
  const { version, title, description, posting, adding, pinning, history, editHistory } = current;
  if (expectedVersion !== null && expectedVersion !== version) {
    return { kind: "stale", currentVersion: version };
  }
  const settings = { posting, adding, pinning, history, editHistory };
  const details = { title, description, ...settings, ...wish };
  return { kind: "change", fields: changed.map((name) => NAMES[name]), details };
}
