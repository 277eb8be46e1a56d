// Chooses a picture, cuts a square out of it, and sends that. It closes when the picture has
// arrived.
import { Dialog } from "@base-ui/react/dialog";
import type { Upload } from "@meetinity/client/upload";
import { classes } from "@meetinity/ui/components/classes.ts";
import { type Picture, readPicture } from "@meetinity/ui/components/crop/picture.ts";
import { DialogHeading } from "@meetinity/ui/components/dialog-heading.tsx";
import popup from "@meetinity/ui/components/popup.module.css";
import { type ClipboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./avatar.module.css";
import { Choose } from "./choose.tsx";
import { Cutting } from "./cutting.tsx";
import { SendingState } from "./sending-state.tsx";

export interface AvatarDialogProps {
  readonly onClose: () => void;
  readonly onSent: () => void;
}

export function AvatarDialog({ onClose, onSent }: AvatarDialogProps) {
  const { t } = useTranslation("avatar");
  const { picture, error, take, drop } = usePicture();
  const [upload, setUpload] = useState<Upload | null>(null);
  const isChoosing = picture === null;
  function paste({ clipboardData }: ClipboardEvent): void {
    const [file] = clipboardData.files;
    if (file && upload === null) void take(file);
  }
  function close(): void {
    upload?.cancel();
    onClose();
  }
  return (
    <Dialog.Root open onOpenChange={(isOpen) => isOpen || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={popup.backdrop} />
        <Dialog.Popup className={classes(popup.dialog, styles.dialog)} onPaste={paste}>
          <DialogHeading title={t("title")} />
          {isChoosing && <Choose error={error} onFile={(file) => void take(file)} />}
          {picture && !upload && (
            <Cutting key={picture.url} picture={picture} onOther={drop} onUpload={setUpload} />
          )}
          {upload && (
            <SendingState
              upload={upload}
              onDone={() => {
                onSent();
                onClose();
              }}
              onCancel={close}
              onBack={() => setUpload(null)}
            />
          )}
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** The chosen picture. Its address is freed with it. */
function usePicture() {
  const { t } = useTranslation("avatar");
  const [picture, setPicture] = useState<Picture | null>(null);
  const [error, setError] = useState<string | null>(null);
  const url = picture?.url;
  useEffect(() => () => (url === undefined ? undefined : URL.revokeObjectURL(url)), [url]);
  async function take(file: Blob): Promise<void> {
    const read = await readPicture(file);
    setPicture(read);
    setError(read ? null : t("unreadable"));
  }
  return { picture, error, take, drop: () => setPicture(null) };
}
