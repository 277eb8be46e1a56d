// The cover of an event, for those who may edit it.
import { EventCover } from "@meetinity/ui/components/event-cover.tsx";
import type { PictureWords } from "@meetinity/ui/picture/picture.ts";
import { PictureSection } from "@meetinity/ui/picture/picture-section.tsx";
import { useTranslation } from "react-i18next";
import type { ManagedEvent } from "../managed-event.ts";
import styles from "./cover.module.css";
import { useCover } from "./cover.ts";

interface CoverSectionProps {
  readonly event: Pick<ManagedEvent, "id" | "tags" | "coverUrl">;
}

export function CoverSection({ event: { id, tags, coverUrl } }: CoverSectionProps) {
  const use = useCover(id);
  return (
    <PictureSection use={use} words={useWords()} hasPicture={coverUrl !== null} onChange={nothing}>
      <div className={styles.cover}>
        <EventCover id={id} tags={tags} size="card" picture={coverUrl} />
      </div>
    </PictureSection>
  );
}

/** Reading and removing it change what all pages show. */
function nothing(): void {}

function useWords(): PictureWords {
  const { t } = useTranslation("cover");
  return {
    heading: t("heading"),
    title: t("title"),
    hint: t("hint"),
    add: t("add"),
    change: t("change"),
    remove: t("remove"),
    removeTitle: t("removeTitle"),
    removeText: t("removeText"),
    removed: t("removed"),
    shown: t("shown"),
  };
}
