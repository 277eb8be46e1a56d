// Which members are suggested while a name is typed, and which of them is chosen.
import {
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import { completed, suggested, suggestsAll, typedAt } from "./mentioning.ts";
import type { Mentioning } from "./use-mentions.ts";

export function suggestionId(listId: string, at: number): string {
  return `${listId}-${at}`;
}

interface Option {
  /** Null for all members. */
  readonly id: string | null;
  readonly name: string;
  readonly picture?: string | null;
}

export interface Suggesting {
  readonly options: readonly Option[];
  readonly active: number;
  readonly choose: (at: number) => void;
  /** True for a key that was for the suggestions. */
  readonly onKey: (event: KeyboardEvent) => boolean;
  /** The caret has moved, or the text has changed. */
  readonly onCaret: () => void;
  readonly onBlur: () => void;
}

interface SuggestionsOptions {
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly mentioning: Mentioning;
  readonly onChange: (text: string) => void;
}

const optionOf = ({ id, displayName: name, avatarUrl: picture }: Mentioning["people"][number]) => ({
  id,
  name,
  picture,
});

export function useSuggestions(options: SuggestionsOptions): Suggesting {
  const { field, text, mentioning, onChange } = options;
  const { people, mayMentionAll } = mentioning;
  const { t } = useTranslation("conversation");
  const [caret, setCaret] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  /** Where the person has closed the suggestions. */
  const [closedAt, setClosedAt] = useState<number | null>(null);
  const caretAfter = useRef<number | null>(null);
  const typed = caret === null ? null : typedAt(text, Math.min(caret, text.length));
  const isOpen = typed !== null && typed.start !== closedAt;
  const query = isOpen ? typed.query : null;
  const found = useMemo<readonly Option[]>(() => {
    if (query === null) return [];
    const named = suggested(query, people).map(optionOf);
    const isAll = mayMentionAll && suggestsAll(query);
    return isAll ? [...named, { id: null, name: t("mentioning.everybody") }] : named;
  }, [query, people, mayMentionAll, t]);
  const chosen = Math.min(active, Math.max(0, found.length - 1));

  useLayoutEffect(() => {
    if (caretAfter.current === null) return;
    field.current?.setSelectionRange(caretAfter.current, caretAfter.current);
    caretAfter.current = null;
  });

  function choose(at: number): void {
    const option = found[at];
    if (!option || !typed) return;
    const next = completed(text, typed, option.name);
    caretAfter.current = next.caret;
    setCaret(null);
    setActive(0);
    if (option.id !== null) mentioning.choose(option.id);
    onChange(next.text);
  }

  function onKey(event: KeyboardEvent): boolean {
    if (found.length === 0 || event.nativeEvent.isComposing || event.keyCode === 229) return false;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step !== undefined) setActive((chosen + step + found.length) % found.length);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) choose(chosen);
    else if (event.key === "Escape") setClosedAt(typed?.start ?? null);
    else return false;
    event.preventDefault();
    return true;
  }

  function onCaret(): void {
    const element = field.current;
    const isPoint = element && element.selectionStart === element.selectionEnd;
    setCaret(isPoint ? element.selectionStart : null);
    if (!typed) setClosedAt(null);
  }

  return { options: found, active: chosen, choose, onKey, onCaret, onBlur: () => setCaret(null) };
}
