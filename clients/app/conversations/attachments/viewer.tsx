// The pictures of a message over the whole window, one at a time: with the arrow keys, the buttons
// or a swipe to the next one, and a way to save it.
import { Dialog } from "@base-ui/react/dialog";
import type { Attachment } from "@meetinity/client";
import { buttonClass, IconButton } from "@meetinity/ui/components/button.tsx";
import { ChevronLeft, ChevronRight, Download, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { pictureName } from "./save.ts";
import { useFile } from "./use-file.ts";
import { useSavingFile } from "./use-saving-file.ts";
import styles from "./viewer.module.css";

export interface ViewerProps {
  readonly images: readonly Attachment[];
  /** The index of the picture with which it opens. */
  readonly first: number;
  readonly onClose: () => void;
}

/** A finger that moves less far sideways means nothing. */
const SWIPE_PX = 48;

export function Viewer({ images, first, onClose }: ViewerProps) {
  const { t } = useTranslation("attachments");
  const [at, setAt] = useState(first);
  const { isSaving, save } = useSavingFile();
  const image = images[Math.min(at, images.length - 1)];
  const count = images.length;
  const go = (step: number) => setAt((now) => Math.min(count - 1, Math.max(0, now + step)));
  if (!image) return null;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => isOpen || onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.viewer} onKeyDown={(event) => onKey(event, go, onClose)}>
          <div className={styles.bar}>
            <Dialog.Title className={styles.title}>
              {count === 1 ? t("photo") : t("photoOf", { at: at + 1, count })}
            </Dialog.Title>
            <IconButton
              name={t("saveImage")}
              aria-busy={isSaving}
              onClick={() => save(image.id, pictureName(image.fileName, t("photo")))}
            >
              <Download aria-hidden="true" size={22} />
            </IconButton>
            <Dialog.Close aria-label={t("close")} className={buttonClass({ kind: "plain" }, true)}>
              <X aria-hidden="true" size={24} />
            </Dialog.Close>
          </div>
          <Swiped onStep={go}>
            <Picture key={image.id} image={image} />
          </Swiped>
          {at > 0 && (
            <IconButton name={t("previous")} className={styles.previous} onClick={() => go(-1)}>
              <ChevronLeft aria-hidden="true" size={28} />
            </IconButton>
          )}
          {at < count - 1 && (
            <IconButton name={t("next")} className={styles.next} onClick={() => go(1)}>
              <ChevronRight aria-hidden="true" size={28} />
            </IconButton>
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The next picture is at the side at which lines end. */
function onKey(event: KeyboardEvent, go: (step: number) => void, close: () => void): void {
  if (event.key === "Escape") {
    // The thread around it would close too.
    event.preventDefault();
    close();
  }
  const forward = document.dir === "rtl" ? -1 : 1;
  const step = { ArrowLeft: -forward, ArrowRight: forward }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  go(step);
}

interface SwipedProps {
  readonly onStep: (step: number) => void;
  readonly children: ReactNode;
}

function Swiped({ onStep, children }: SwipedProps) {
  const start = useRef<number | null>(null);
  return (
    <div
      className={styles.stage}
      onTouchStart={({ touches }) => {
        start.current = touches.length === 1 ? (touches[0]?.clientX ?? null) : null;
      }}
      onTouchEnd={({ changedTouches }) => {
        const moved = (changedTouches[0]?.clientX ?? 0) - (start.current ?? 0);
        if (start.current === null || Math.abs(moved) < SWIPE_PX) return;
        onStep(moved < 0 ? 1 : -1);
      }}
    >
      {children}
    </div>
  );
}

/** The small picture stands in for the large one until that has come. */
function Picture({ image: { id, fileName, placeholder } }: { readonly image: Attachment }) {
  const { t } = useTranslation("attachments");
  const small = useFile(id, "preview", true);
  const large = useFile(id, "link", true);
  const url = large.url ?? small.url ?? placeholder;
  if (large.hasFailed && small.url === null) {
    return (
      <div role="alert" className={styles.failed}>
        <p>{t("photoFailed")}</p>
        <button type="button" className={buttonClass({})} onClick={large.retry}>
          {t("tryAgain")}
        </button>
      </div>
    );
  }
  return url && <img className={styles.picture} src={url} alt={fileName ?? t("photo")} />;
}
