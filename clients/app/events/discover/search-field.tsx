// The search among events, as the reader types. The key `/` leads here.
import { classes } from "@meetinity/ui/components/classes.ts";
import field from "@meetinity/ui/components/text-field.module.css";
import { Search } from "lucide-react";
import { useEffect, useId, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./discover.module.css";
import { useTyped } from "./use-typed.ts";
import { type ChangeWanted, withText } from "./use-wanted.ts";

interface SearchFieldProps {
  readonly search: string;
  readonly change: ChangeWanted;
}

export function SearchField({ search, change }: SearchFieldProps) {
  const { t } = useTranslation("discover");
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useTyped(search, (next) => change(withText("search", next), true));
  useEffect(() => {
    function focus(event: KeyboardEvent): void {
      const { target, key, ctrlKey, metaKey, altKey } = event;
      const isWriting = target instanceof Element && target.matches("input, textarea, select");
      if (key !== "/" || isWriting || ctrlKey || metaKey || altKey) return;
      event.preventDefault();
      input.current?.focus();
    }
    document.addEventListener("keydown", focus);
    return () => document.removeEventListener("keydown", focus);
  }, []);
  return (
    <div className={styles.search}>
      <label htmlFor={id} className="hidden-visually">
        {t("search")}
      </label>
      <Search aria-hidden="true" />
      <input
        ref={input}
        id={id}
        type="search"
        dir="auto"
        className={classes(field.input, styles.input)}
        placeholder={t("searchHint")}
        maxLength={100}
        enterKeyHint="search"
        aria-keyshortcuts="/"
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
    </div>
  );
}
