// The list of people whom the viewer may meet. An answered card closes up, and keys go on from
// there.
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { type FocusEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { AnsweredStrip } from "./answered-strip.tsx";
import styles from "./list.module.css";
import { SuggestionCard } from "./suggestion-card.tsx";
import type { Suggestion, Suggestions } from "./suggestions.ts";

interface SuggestionListProps {
  readonly suggestions: Suggestions;
  readonly items: readonly Suggestion[];
}

export function SuggestionList({ suggestions, items }: SuggestionListProps) {
  const { t } = useTranslation("suggestions");
  const { answers } = suggestions;
  const answered = useObservable(answers.state);
  const { list, onFocus } = useFocusKept(items);
  return (
    <ul ref={list} className={styles.list} aria-label={t("title")} onFocus={onFocus}>
      {items.map((suggestion) => {
        const { id, user } = suggestion;
        const given = answered.get(id);
        const isCard =
          given === undefined || (given.status === "sending" && given.answer === "ACCEPT");
        return (
          <li key={id}>
            {isCard ? (
              <SuggestionCard
                suggestion={suggestion}
                isBusy={given !== undefined}
                onAnswer={(answer) => answers.give(id, answer)}
              />
            ) : (
              <AnsweredStrip
                name={user.displayName}
                answered={given}
                onUndo={() => answers.undo(id)}
                onRetry={() => answers.retry(id)}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** An item that goes while it has the focus gives it to the one that comes in its place. */
function useFocusKept(items: readonly Suggestion[]) {
  const list = useRef<HTMLUListElement>(null);
  const at = useRef(-1);
  function onFocus(event: FocusEvent): void {
    const rows = [...(list.current?.children ?? [])];
    at.current = rows.findIndex((row) => row.contains(event.target));
  }
  useEffect(() => {
    const isLost = document.activeElement === document.body && at.current >= 0;
    if (!isLost) return;
    const row = list.current?.children[Math.min(at.current, items.length - 1)];
    row?.querySelector<HTMLElement>("article, [tabindex]")?.focus({ preventScroll: true });
  }, [items]);
  return { list, onFocus };
}
