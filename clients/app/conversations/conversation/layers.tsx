// The layers over a conversation: the menu of a message, the emoji to choose from, the people
// behind reactions, the question before a message is deleted, and the details.
import { Details, type DetailsProps } from "../details/details.tsx";
import { MessageMenu, type Opening } from "../log/message-menu.tsx";
import { type Looking, ReactionPeople } from "../log/reaction-people.tsx";
import { type Picking, ReactionPicker } from "../log/reaction-picker.tsx";
import { DeleteDialog, type Deletion } from "./delete-dialog.tsx";

export interface LayersProps {
  readonly opening: Opening;
  readonly picking: Picking;
  readonly looking: Looking;
  readonly deletion: Deletion;
  readonly details: DetailsProps;
}

export function Layers({ opening, picking, looking, deletion, details }: LayersProps) {
  return (
    <>
      <MessageMenu opening={opening} />
      <ReactionPicker picking={picking} />
      <ReactionPeople looking={looking} />
      <DeleteDialog deletion={deletion} />
      <Details {...details} />
    </>
  );
}
