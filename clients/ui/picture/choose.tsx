// The ways to a picture: a file, the camera of a phone, and a drop. The dialog takes what is
// pasted.
import { Camera, ImageUp } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { classes } from "../components/classes.ts";
import { useDrop } from "../components/use-drop.ts";
import styles from "./picture.module.css";
import type { PictureUse } from "./picture.ts";

interface ChooseProps extends Pick<PictureUse, "camera"> {
  readonly error: string | null;
  readonly onFile: (file: Blob) => void;
}

export function Choose({ camera, error, onFile }: ChooseProps) {
  const { t } = useTranslation("picture");
  return (
    <DropZone onFile={onFile}>
      <ImageUp aria-hidden="true" size={32} />
      <p className={styles.dropHint}>{t("drop")}</p>
      <div className={styles.ways}>
        <FileButton name={t("choose")} onFile={onFile} isFirst />
        <FileButton name={t("camera")} onFile={onFile} capture={camera} />
      </div>
      <p className={styles.hint}>{t("formats")}</p>
      <div role="alert">{error !== null && <p className={styles.refusal}>{error}</p>}</div>
    </DropZone>
  );
}

interface DropZoneProps extends Pick<ChooseProps, "onFile"> {
  readonly children: ReactNode;
}

function DropZone({ onFile, children }: DropZoneProps) {
  const zone = useRef<HTMLDivElement>(null);
  const isOver = useDrop(zone, onFile);
  return (
    <div ref={zone} className={classes(styles.drop, isOver && styles.over)}>
      {children}
    </div>
  );
}

interface FileButtonProps extends Pick<ChooseProps, "onFile"> {
  readonly name: string;
  /** Takes a photo: only phones and tablets do. */
  readonly capture?: PictureUse["camera"];
  readonly isFirst?: boolean;
}

function FileButton({ name, onFile, capture, isFirst = false }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <span className={capture && styles.camera}>
      <Button
        autoFocus={isFirst}
        kind={isFirst ? "primary" : "secondary"}
        onClick={() => input.current?.click()}
      >
        {capture && <Camera aria-hidden="true" size={18} />}
        {name}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept="image/*"
        {...(capture && { capture })}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          // So that the same file can be chosen again.
          target.value = "";
          if (file) onFile(file);
        }}
      />
    </span>
  );
}
