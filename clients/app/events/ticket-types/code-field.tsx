// A code that shows hidden ticket types. It is no form of its own: it stands in the one that
// registers.
import { Button } from "@meetinity/ui/components/button.tsx";
import field from "@meetinity/ui/components/text-field.module.css";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./ticket-types.module.css";

interface CodeFieldProps {
  readonly isBusy: boolean;
  readonly error: string | null;
  readonly hasFound: boolean;
  readonly onEnter: (code: string) => void;
}

export function CodeField({ isBusy, error, hasFound, onEnter }: CodeFieldProps) {
  const { t } = useTranslation("ticketTypes");
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  // The reader has just asked for it.
  useEffect(() => {
    if (isOpen) input.current?.focus();
  }, [isOpen]);
  if (!isOpen) {
    return (
      <Button kind="plain" isSmall className={styles.code} onClick={() => setOpen(true)}>
        {t("haveCode")}
      </Button>
    );
  }
  const enter = () => {
    const code = input.current?.value.trim() ?? "";
    if (!isBusy && code !== "") onEnter(code);
  };
  function onKeyDown(pressed: KeyboardEvent): void {
    if (pressed.key !== "Enter") return;
    pressed.preventDefault();
    enter();
  }
  return (
    <div className={field.field}>
      <label className={field.label} htmlFor={id}>
        {t("code")}
      </label>
      <div className={styles.entering}>
        <input
          ref={input}
          id={id}
          className={field.input}
          maxLength={64}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          aria-invalid={error !== null}
          data-invalid={error === null ? undefined : ""}
          aria-describedby={error === null ? `${id}-hint` : `${id}-error`}
          onKeyDown={onKeyDown}
        />
        <Button needsNetwork aria-disabled={isBusy} onClick={enter}>
          {t("apply")}
        </Button>
      </div>
      {error === null ? (
        <p id={`${id}-hint`} className={field.hint}>
          {t("codeHint")}
        </p>
      ) : (
        <p id={`${id}-error`} className={field.error} role="alert">
          {error}
        </p>
      )}
      <p role="status" className="hidden-visually">
        {hasFound && t("found")}
      </p>
    </div>
  );
}
