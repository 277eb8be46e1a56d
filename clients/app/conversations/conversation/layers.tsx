// The layers over a conversation: the menu of a message, the emoji to choose from, the people
// behind reactions, the question before a message is deleted, and the details.
import type { Conflict } from "../composer/use-saving.ts";
import { Details, type DetailsProps } from "../details/details.tsx";
import { MessageMenu, type Opening } from "../log/message-menu.tsx";
import { type Looking, ReactionPeople } from "../log/reaction-people.tsx";
import { type Picking, ReactionPicker } from "../log/reaction-picker.tsx";
import { ConflictDialog } from "../threads/conflict-dialog.tsx";
import { EditsDialog, type Looking as LookingAtEdits } from "../threads/edits-dialog.tsx";
import { ForwardDialog, type Forwarding } from "../threads/forward-dialog.tsx";
import { DeleteDialog, type Deletion, HideDialog } from "./delete-dialog.tsx";

export interface LayersProps {
  readonly opening: Opening;
  readonly picking: Picking;
  readonly looking: Looking;
  readonly deletion: Deletion;
  readonly hiding: Deletion;
  readonly edits: LookingAtEdits;
  readonly forwarding: Forwarding;
  readonly conflict: Conflict | null;
  readonly details: DetailsProps;
}

export function Layers(props: LayersProps) {
  const { opening, picking, looking, edits, forwarding, conflict } = props;
  const { deletion, hiding, details } = props;
  return (
    <>
      <MessageMenu opening={opening} />
      <ReactionPicker picking={picking} />
      <ReactionPeople looking={looking} />
      <EditsDialog looking={edits} />
      <ForwardDialog forwarding={forwarding} />
      <ConflictDialog conflict={conflict} />
      <DeleteDialog deletion={deletion} />
      <HideDialog deletion={hiding} />
      <Details {...details} />
    </>
  );
}
