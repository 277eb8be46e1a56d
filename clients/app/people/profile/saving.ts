// Saving a draft of the viewer's profile, as a whole: what is wrong with it comes back at its
// fields.
import { type Dispatch, type SetStateAction, useState } from "react";
import { useTranslation } from "react-i18next";
import { suggestionsOf } from "../suggestions/suggestions.ts";
import { changesOf, type Draft, draftOf, mistakesIn } from "./draft.ts";
import { type Profile, type SavingState, UNSAVED, useSave } from "./profile.ts";

export interface Editing {
  /** As it is saved. */
  readonly profile: Profile;
  readonly draft: Draft;
  readonly setDraft: Dispatch<SetStateAction<Draft>>;
  readonly onSaved: (profile: Profile) => void;
}

/** Errors stay the same object until the next answer: the form moves the focus for others. */
export function useSaving({ profile, draft, onSaved }: Omit<Editing, "setDraft">) {
  const { t: common } = useTranslation("shell");
  const [state, setState] = useState<SavingState>(UNSAVED);
  const save = useSave(profile);
  const changes = changesOf(draft, draftOf(profile));
  async function send(): Promise<void> {
    if (state.isBusy || changes === null) return;
    const mistakes = Object.entries(mistakesIn(draft));
    if (mistakes.length > 0) {
      const texts = mistakes.map(
        ([name, { rule, limit: count }]) =>
          [name, common(`violations.${rule}`, { count })] as const,
      );
      return setState({ ...UNSAVED, errors: Object.fromEntries(texts) });
    }
    setState({ ...state, refusal: null, isBusy: true });
    const result = await save(changes);
    if (!("profile" in result)) return setState({ ...UNSAVED, ...result });
    setState(UNSAVED);
    onSaved(result.profile);
    suggestionsOf(profile.id).pages.expire();
  }
  const clear = () => setState(({ isBusy }) => ({ ...UNSAVED, isBusy }));
  return { state, changes, send, clear };
}
