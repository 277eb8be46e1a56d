// The pictures of a message. Their place is as large before they have come as after.
import type { Attachment } from "@meetinity/client";
import { useOnDemand } from "@meetinity/ui/shell/on-demand.ts";
import { LoaderCircle, RotateCw } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isKept } from "./files.ts";
import styles from "./gallery.module.css";
import { aspectOf, moreThanShown, SHOWN_MAX } from "./gallery-shape.ts";
import { useFile } from "./use-file.ts";
import type { ViewerProps } from "./viewer.tsx";

interface GalleryProps {
  readonly images: readonly Attachment[];
  readonly isReachable: boolean;
}

const load = () => import("./viewer.tsx").then(({ Viewer }) => Viewer);

export function Gallery({ images, isReachable }: GalleryProps) {
  const { t } = useTranslation("attachments");
  const [at, setAt] = useState<number | null>(null);
  const Viewer = useOnDemand<ViewerProps>(load, at !== null, () => setAt(null));
  const count = images.length;
  const shown = images.slice(0, SHOWN_MAX);
  return (
    <div
      className={styles.gallery}
      data-count={shown.length}
      style={{ aspectRatio: aspectOf(images) }}
    >
      {shown.map((image, index) => (
        <Tile
          key={image.id}
          image={image}
          name={count === 1 ? t("photo") : t("photoOf", { at: index + 1, count })}
          more={index + 1 === SHOWN_MAX ? moreThanShown(count) : 0}
          isReachable={isReachable}
          onOpen={() => setAt(index)}
        />
      ))}
      {Viewer && at !== null && <Viewer images={images} first={at} onClose={() => setAt(null)} />}
    </div>
  );
}

interface TileProps {
  readonly image: Attachment;
  readonly name: string;
  readonly more: number;
  readonly isReachable: boolean;
  readonly onOpen: () => void;
}

function Tile({ image, name, more, isReachable, onOpen }: TileProps) {
  const { t } = useTranslation("attachments");
  const { id, state, placeholder } = image;
  const isReady = state === "READY";
  const canBeShown = isReady || isKept(id, "preview");
  const { url, hasFailed, retry } = useFile(id, "preview", canBeShown);
  // The sender's own file may be of a kind that this browser does not draw.
  const [undrawn, setUndrawn] = useState<string | null>(null);
  return (
    <button
      type="button"
      className={styles.tile}
      aria-label={hasFailed ? t("photoFailed") : name}
      aria-disabled={!canBeShown}
      tabIndex={isReachable ? 0 : -1}
      onClick={() => canBeShown && (hasFailed ? retry() : onOpen())}
    >
      {placeholder !== null && <img className={styles.placeholder} src={placeholder} alt="" />}
      {url !== null && url !== undrawn && (
        <img className={styles.picture} src={url} alt="" onError={() => setUndrawn(url)} />
      )}
      {hasFailed && <RotateCw aria-hidden="true" className={styles.sign} size={28} />}
      {!isReady && (
        <span className={styles.state}>
          <LoaderCircle aria-hidden="true" size={14} />
          {t("processing")}
        </span>
      )}
      {more > 0 && <span className={styles.more}>{t("more", { count: more })}</span>}
    </button>
  );
}
