// The files of a message: its pictures together, then recordings, then documents, and last those
// that were refused, which say why.
import type { Attachment } from "@meetinity/client";
import { AudioPlayer } from "./audio-player.tsx";
import { kindOf } from "./describe.ts";
import { DocumentRow } from "./document-row.tsx";
import { Gallery } from "./gallery.tsx";
import { RefusedFile } from "./refused-file.tsx";
import styles from "./shown-files.module.css";

const isRefused = ({ state }: Attachment) => state === "REFUSED";

export interface ShownFilesProps {
  readonly files: readonly Attachment[];
  /** Whether they take part in the order of the tab key. */
  readonly isReachable?: boolean;
}

export function ShownFiles({ files, isReachable = true }: ShownFilesProps) {
  const shown = files.filter((file) => !isRefused(file));
  const ofKind = (kind: ReturnType<typeof kindOf>) => shown.filter((file) => kindOf(file) === kind);
  const images = ofKind("IMAGE");
  return (
    <div className={styles.files}>
      {images.length > 0 && <Gallery images={images} isReachable={isReachable} />}
      {ofKind("AUDIO").map((file) => (
        <AudioPlayer key={file.id} file={file} isReachable={isReachable} />
      ))}
      {ofKind("DOCUMENT").map((file) => (
        <DocumentRow key={file.id} file={file} isReachable={isReachable} />
      ))}
      {files.filter(isRefused).map((file) => (
        <RefusedFile key={file.id} file={file} />
      ))}
    </div>
  );
}
