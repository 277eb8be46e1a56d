// The field for a reply in a thread. On a keyboard, Enter sends and Shift+Enter breaks the line.
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { SendHorizontal } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import composer from "../composer/composer.module.css";
import { PurposeStrip } from "../composer/purpose-strip.tsx";
import type { Composing } from "../composer/use-composing.ts";

const onTouchScreen = matchMedia("(hover: none) and (pointer: coarse)");

export function ThreadComposer({ composing }: { readonly composing: Composing }) {
  const { t } = useTranslation("threads");
  const { t: common } = useTranslation("conversation");
  const { purpose, text, left, canSend, isSaving, focusRequest } = composing;
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focusRequest > 0 || !onTouchScreen.matches) field.current?.focus();
  }, [focusRequest]);
  return (
    <form
      className={composer.composer}
      onSubmit={(event) => {
        event.preventDefault();
        composing.send();
      }}
    >
      <PurposeStrip purpose={purpose} onCancel={composing.cancel} />
      <div className={composer.line}>
        <textarea
          ref={field}
          className={composer.field}
          rows={1}
          dir="auto"
          aria-label={t("field")}
          aria-invalid={left !== null && left < 0}
          placeholder={t("field")}
          readOnly={isSaving}
          value={text}
          onChange={(event) => composing.change(event.target.value)}
          onKeyDown={(event) => onKey(event, composing)}
        />
        <IconButton
          kind="primary"
          type="submit"
          name={purpose.kind === "edit" ? common("save") : t("send")}
          aria-disabled={!canSend}
        >
          <SendHorizontal aria-hidden="true" size={20} />
        </IconButton>
      </div>
      {left !== null && (
        <p className={composer.length} data-too-long={left < 0}>
          {left < 0 ? common("tooLong", { count: -left }) : common("left", { count: left })}
        </p>
      )}
    </form>
  );
}

function onKey(event: KeyboardEvent, composing: Composing): void {
  // Enter and Escape belong to the input method while it composes. Safari says so by the code 229.
  if (event.nativeEvent.isComposing || event.keyCode === 229) return;
  if (event.key === "Enter" && !event.shiftKey && !onTouchScreen.matches) {
    event.preventDefault();
    composing.send();
  } else if (event.key === "Escape" && composing.purpose.kind !== "write") {
    event.preventDefault();
    event.stopPropagation();
    composing.cancel();
  }
}
