// Chooses a picture, cuts a part out of it, and sends that. It closes when the part has arrived.
import { Dialog } from "@base-ui/react/dialog";
import type { Upload } from "@meetinity/client/upload";
import { type ClipboardEvent, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { classes } from "../components/classes.ts";
import { type Picture, readPicture } from "../components/crop/picture.ts";
import { DialogHeading } from "../components/dialog-heading.tsx";
import popup from "../components/popup.module.css";
import { Choose } from "./choose.tsx";
import { Cutting } from "./cutting.tsx";
import styles from "./picture.module.css";
import type { PictureUse } from "./picture.ts";
import { SendingState } from "./sending-state.tsx";

export interface PictureDialogProps {
  readonly use: PictureUse;
  readonly title: string;
  readonly onClose: () => void;
  readonly onSent: () => void;
}

export function PictureDialog({ use, title, onClose, onSent }: PictureDialogProps) {
  const { picture, error, take, drop } = usePicture();
  const [upload, setUpload] = useState<Upload | null>(null);
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
          <DialogHeading title={title} />
          {picture === null && (
            <Choose camera={use.camera} error={error} onFile={(file) => void take(file)} />
          )}
          {picture && !upload && (
            <Cutting
              key={picture.url}
              use={use}
              picture={picture}
              onOther={drop}
              onCut={(part) => setUpload(use.send(part))}
            />
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
  const { t } = useTranslation("picture");
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
