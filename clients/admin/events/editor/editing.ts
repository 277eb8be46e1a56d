// The state of an editor of an event that is there: which version it began with, the form, and what
// others have saved meanwhile.
import { useEffect, useState } from "react";
import type { ManagedEvent } from "../managed-event.ts";
import { type ChangedField, hasChanges, merge, type OtherChange } from "./changes.ts";
import { type Draft, draftOf } from "./draft.ts";
import type { EventVersion } from "./use-update-event.ts";

interface Edited {
  readonly version: number;
  readonly before: Draft;
  readonly draft: Draft;
  /** Told until the person saves. */
  readonly others: readonly OtherChange[];
}

export interface Editing extends Edited {
  readonly isChanged: boolean;
  change(draft: Draft): void;
  /** Goes on from the version of somebody else, with the person's own changes on top. */
  rebase(event: EventVersion): void;
  /** Takes the other's value of a field. */
  take(field: ChangedField): void;
}

const unchanged = (event: ManagedEvent | EventVersion): Edited => {
  const draft = draftOf({ ...event, tags: [...event.tags] });
  return { version: event.version, before: draft, draft, others: [] };
};

export function useEditing(event: ManagedEvent): Editing {
  const [edited, setEdited] = useState(() => unchanged(event));
  const isChanged = hasChanges(edited.before, edited.draft);
  useEffect(() => {
    // Read anew while nothing was typed: there is nothing to ask.
    setEdited((last) => {
      const isTouched = last.before !== last.draft && hasChanges(last.before, last.draft);
      return isTouched || event.version <= last.version ? last : unchanged(event);
    });
  }, [event]);
  return {
    ...edited,
    isChanged,
    change: (draft) => setEdited((last) => ({ ...last, draft })),
    rebase(theirs) {
      setEdited((last) => {
        const { before, version } = unchanged(theirs);
        const { draft, others } = merge(last.before, last.draft, before);
        return { version, before, draft, others };
      });
    },
    take: (field) =>
      setEdited((last) => ({
        ...last,
        draft: { ...last.draft, [field]: last.before[field] },
        others: last.others.map((each) => (each.field === field ? { ...each, mine: null } : each)),
      })),
  };
}
