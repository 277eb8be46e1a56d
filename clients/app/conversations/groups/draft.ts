// The details of a group while somebody changes them, and others may do so too. Pure.
import type { ConversationState } from "@meetinity/client";

type Settings = NonNullable<ConversationState["settings"]>;

export interface Details
  extends Pick<Settings, "posting" | "adding" | "pinning" | "history" | "editHistory"> {
  readonly title: string;
  readonly description: string;
}

/** The fields that the person has touched. */
export type Edits = Partial<Details>;

const NAMES = [
  "title",
  "description",
  "posting",
  "adding",
  "pinning",
  "history",
  "editHistory",
] as const satisfies readonly (keyof Details)[];

export function detailsOf(
  { title, description }: Pick<ConversationState, "title" | "description">,
  { posting, adding, pinning, history, editHistory }: Omit<Settings, "__typename">,
): Details {
  const settings = { posting, adding, pinning, history, editHistory };
  return { title: title ?? "", description: description ?? "", ...settings };
}

/** The fields that are wanted otherwise than they are. */
export function wishOf(current: Details, edits: Edits): Edits {
  const changed = NAMES.filter((name) => name in edits && edits[name] !== current[name]);
  return Object.fromEntries(changed.map((name) => [name, edits[name]]));
}

/** The fields that both the person and somebody else have changed since `base`, each otherwise. */
export function conflictsOf(base: Details, current: Details, edits: Edits): (keyof Details)[] {
  const wish = wishOf(current, edits);
  return NAMES.filter((name) => name in wish && current[name] !== base[name]);
}
