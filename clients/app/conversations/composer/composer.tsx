// The field for a message or a reply in a thread, with its files. On a keyboard, Enter sends and
// Shift+Enter breaks the line; on touch screens Enter breaks the line and the button sends.
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { SendHorizontal } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
} from "react";
import { useTranslation } from "react-i18next";
import { ConfirmAddress } from "../../shell/confirm-address.tsx";
import { AttachButton } from "./attach-button.tsx";
import styles from "./composer.module.css";
import { OtherDraft } from "./other-draft.tsx";
import { PurposeStrip } from "./purpose-strip.tsx";
import { Suggestions } from "./suggestions.tsx";
import { onTouchScreen } from "./touch-screen.ts";
import type { Composing } from "./use-composing.ts";
import { pastedFiles, useDroppedFiles } from "./use-given-files.ts";
import { useRecorder } from "./use-recorder.tsx";
import { suggestionId, useSuggestions } from "./use-suggestions.ts";

interface ComposerProps {
  readonly composing: Composing;
  /** A message was refused because the viewer's address is not confirmed. */
  readonly isUnverified?: boolean;
  /** The names of the field and its button, where they are not for a message. */
  readonly names?: { readonly field: string; readonly send: string };
}

export function Composer({ composing, isUnverified = false, names }: ComposerProps) {
  const { t } = useTranslation("conversation");
  const { purpose, canSend, attaching } = composing;
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const { Strip, tray } = attaching;
  const isWriting = purpose.kind !== "edit";
  const add = (files: readonly File[]) => isWriting && attaching.add(files);
  const isOver = useDroppedFiles(form, add);
  const { button: voice, recorder } = useRecorder(composing);
  const isEmpty = composing.text === "" && attaching.state.files.length === 0;
  return (
    <form
      ref={form}
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
      {isOver && <p className={styles.drop}>{t("dropFiles")}</p>}
      {Strip && tray && isWriting && <Strip tray={tray} state={attaching.state} />}
      {recorder || (
        <Line {...{ composing, field, add }} name={names?.field ?? t("message")}>
          {isWriting && isEmpty && voice}
          <IconButton
            kind="primary"
            type="submit"
            name={isWriting ? (names?.send ?? t("send")) : t("save")}
            aria-disabled={!canSend}
          >
            <SendHorizontal aria-hidden="true" size={20} />
          </IconButton>
        </Line>
      )}
    </form>
  );
}

interface LineProps {
  readonly composing: Composing;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly name: string;
  readonly add: (files: readonly File[]) => void;
  /** Beside the field. */
  readonly children: ReactNode;
}

/** The field with the names that it suggests, and how much more fits into it. */
function Line({ composing, field, name, add, children }: LineProps) {
  const { text, left, isBusy, purpose } = composing;
  const [lengthId, listId] = [useId(), useId()];
  useField(field, composing);
  const suggesting = useSuggestions({
    ...{ field, text, mentioning: composing.mentioning },
    onChange: composing.change,
  });
  const isSuggesting = suggesting.options.length > 0;
  return (
    <>
      <div className={styles.line}>
        <Suggestions id={listId} suggesting={suggesting} />
        {purpose.kind !== "edit" && <AttachButton isDisabled={isBusy} onFiles={add} />}
        <textarea
          ref={field}
          className={styles.field}
          rows={1}
          dir="auto"
          aria-label={name}
          aria-describedby={lengthId}
          aria-invalid={left !== null && left < 0}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isSuggesting ? listId : undefined}
          aria-activedescendant={isSuggesting ? suggestionId(listId, suggesting.active) : undefined}
          placeholder={name}
          readOnly={isBusy}
          value={text}
          onChange={(event) => {
            composing.change(event.target.value);
            suggesting.onCaret();
          }}
          onPaste={(event) => {
            const files = pastedFiles(event);
            if (files.length === 0) return;
            event.preventDefault();
            add(files);
          }}
          onSelect={suggesting.onCaret}
          onBlur={suggesting.onBlur}
          onKeyDown={(event) => {
            if (!suggesting.onKey(event)) onKey(event, composing);
          }}
        />
        {children}
      </div>
      <Length id={lengthId} left={left} />
    </>
  );
}

function Length({ id, left }: { readonly id: string; readonly left: number | null }) {
  const { t } = useTranslation("conversation");
  const isTooLong = left !== null && left < 0;
  const text = isTooLong
    ? t("tooLong", { count: -left })
    : left !== null && t("left", { count: left });
  return (
    <p id={id} className={styles.length} data-too-long={isTooLong}>
      {text}
    </p>
  );
}

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
function useField(
  field: RefObject<HTMLTextAreaElement | null>,
  { text, focusRequest }: Pick<Composing, "text" | "focusRequest">,
): void {
  useEffect(() => {
    const element = field.current;
    // A phone would show its keyboard over the messages.
    if (!element || (focusRequest === 0 && onTouchScreen.matches)) return;
    element.focus();
    element.setSelectionRange(element.value.length, element.value.length);
  }, [field, focusRequest]);
  useLayoutEffect(() => {
    const element = field.current;
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.height = "auto";
    element.style.height = text === "" ? "" : `${element.scrollHeight + 2}px`;
  }, [field, text]);
}
