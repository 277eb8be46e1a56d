// The way to add files to a message. A phone asks for photos, its camera or files; a desk has one
// kind of files alone.
import { IconButton } from "@meetinity/ui/components/button.tsx";
import { withPageTexts } from "@meetinity/ui/i18n/i18n.ts";
import { Paperclip } from "lucide-react";
import type { ComponentType } from "react";
import { lazy, Suspense, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { WaysProps } from "../attachments/ways.tsx";
import { onTouchScreen } from "./touch-screen.ts";

interface AttachButtonProps {
  readonly isDisabled: boolean;
  readonly onFiles: (files: readonly File[]) => void;
}

const load = withPageTexts(() => import("../attachments/ways.tsx"));

/** Without a network, the picker of files stays. */
const Ways = lazy<ComponentType<WaysProps>>(() =>
  load().then(
    ({ Ways: Loaded }) => ({ default: Loaded }),
    () => ({ default: () => null }),
  ),
);

export function AttachButton({ isDisabled, onFiles }: AttachButtonProps) {
  const { t } = useTranslation("conversation");
  const button = useRef<HTMLButtonElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [isChoosing, setChoosing] = useState(false);
  const pick = (): void => {
    if (isDisabled) return;
    if (onTouchScreen.matches) setChoosing(true);
    else input.current?.click();
  };
  return (
    <>
      <IconButton ref={button} name={t("attach")} aria-disabled={isDisabled} onClick={pick}>
        <Paperclip aria-hidden="true" size={20} />
      </IconButton>
      <input
        ref={input}
        hidden
        type="file"
        multiple
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          // So that the same file can be chosen again.
          target.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
      {isChoosing && (
        <Suspense>
          <Ways
            anchor={button}
            onClose={() => setChoosing(false)}
            onChoose={({ accept, isCamera }) => {
              const element = input.current;
              if (!element) return;
              element.accept = accept;
              if (isCamera) element.setAttribute("capture", "environment");
              else element.removeAttribute("capture");
              element.click();
            }}
          />
        </Suspense>
      )}
    </>
  );
}
