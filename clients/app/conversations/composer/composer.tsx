// The field for a message. On a keyboard, Enter sends and Shift+Enter breaks the line; on touch
// screens Enter breaks the line and the button sends.

import { IconButton } from "@meetinity/ui/components/button.tsx";
import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmAddress } from "../../shell/confirm-address.tsx";
import styles from "./composer.module.css";
import { OtherDraft } from "./other-draft.tsx";
import { PurposeStrip } from "./purpose-strip.tsx";
import { Suggestions } from "./suggestions.tsx";
import type { Composing } from "./use-composing.ts";
import { SUGGESTIONS_ID, suggestionId, useSuggestions } from "./use-suggestions.ts";

interface ComposerProps {
  readonly composing: Composing;
  /** A message was refused because the viewer's address is not confirmed. */
  readonly isUnverified: boolean;
}

export function Composer({ composing, isUnverified }: ComposerProps) {
  const { t } = useTranslation("conversation");
  const { purpose, text, left, canSend, isSaving } = composing;
  const field = useField(composing);
  const suggesting = useSuggestions({
    ...{ field, text, mentioning: composing.mentioning },
    onChange: composing.change,
  });
  const isSuggesting = suggesting.options.length > 0;
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        composing.send();
        field.current?.focus();
      }}
    >
      {isUnverified && <ConfirmAddress />}
      <OtherDraft text={composing.draft.other} decide={composing.draft.decide} />
      <PurposeStrip purpose={purpose} onCancel={composing.cancel} />
      <div className={styles.line}>
        <Suggestions suggesting={suggesting} />
        <textarea
          ref={field}
          className={styles.field}
          rows={1}
          dir="auto"
          aria-label={t("message")}
          aria-describedby="message-length"
          aria-invalid={left !== null && left < 0}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isSuggesting ? SUGGESTIONS_ID : undefined}
          aria-activedescendant={isSuggesting ? suggestionId(suggesting.active) : undefined}
          placeholder={t("message")}
          readOnly={isSaving}
          value={text}
          onChange={(event) => {
            composing.change(event.target.value);
            suggesting.onCaret();
          }}
          onSelect={suggesting.onCaret}
          onBlur={suggesting.onBlur}
          onKeyDown={(event) => {
            if (!suggesting.onKey(event)) onKey(event, composing);
          }}
        />
        <IconButton
          kind="primary"
          type="submit"
          name={t(purpose.kind === "edit" ? "save" : "send")}
          aria-disabled={!canSend}
        >
          <SendHorizontal aria-hidden="true" size={20} />
        </IconButton>
      </div>
      <Length left={left} />
    </form>
  );
}

function Length({ left }: { readonly left: number | null }) {
  const { t } = useTranslation("conversation");
  const isTooLong = left !== null && left < 0;
  const text = isTooLong
    ? t("tooLong", { count: -left })
    : left !== null && t("left", { count: left });
  return (
    <p id="message-length" className={styles.length} data-too-long={isTooLong}>
      {text}
    </p>
  );
}

const onTouchScreen = matchMedia("(hover: none) and (pointer: coarse)");

function onKey(event: KeyboardEvent, composing: Composing): void {
  // Enter and Escape belong to the input method while it composes. Safari says so by the code 229.
  if (event.nativeEvent.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter" && !event.shiftKey && !event.altKey && !onTouchScreen.matches) {
    event.preventDefault();
    composing.send();
  } else if (event.key === "Escape" && composing.purpose.kind !== "write") {
    event.preventDefault();
    composing.cancel();
  } else if (
    event.key === "ArrowUp" &&
    composing.text === "" &&
    composing.purpose.kind === "write"
  ) {
    event.preventDefault();
    composing.editLatest();
  }
}

/** The field has the focus when it is asked for, and the height of its text. */
function useField({ text, focusRequest }: Composing) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const element = field.current;
    // A phone would show its keyboard over the messages.
    if (!element || (focusRequest === 0 && onTouchScreen.matches)) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [focusRequest]);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = text === "" ? "" : `${element.scrollHeight + 2}px`;
  }, [text]);
  return field;
}
