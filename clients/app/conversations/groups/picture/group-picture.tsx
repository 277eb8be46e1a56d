// The picture of a group in its details, for those who may change it.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import type { PictureWords } from "@meetinity/ui/picture/picture.ts";
import { PictureSection } from "@meetinity/ui/picture/picture-section.tsx";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { pictureOf } from "./sending.ts";

interface GroupPictureProps {
  readonly conversationId: string;
  readonly title: string;
  readonly pictureUrl: string | null;
}

/** The state of the conversation brings the new picture: its log says that it has changed. */
export function GroupPicture({ conversationId, title, pictureUrl }: GroupPictureProps) {
  const use = useMemo(() => pictureOf(conversationId), [conversationId]);
  return (
    <PictureSection
      use={use}
      words={useWords()}
      hasPicture={pictureUrl !== null}
      onChange={() => {}}
    >
      <Avatar id={conversationId} name={title} kind="group" size="large" picture={pictureUrl} />
    </PictureSection>
  );
}

function useWords(): PictureWords {
  const { t } = useTranslation("groups");
  return {
    heading: t("picture.heading"),
    title: t("picture.title"),
    hint: t("picture.hint"),
    add: t("picture.add"),
    change: t("picture.change"),
    remove: t("picture.remove"),
    removeTitle: t("picture.removeTitle"),
    removeText: t("picture.removeText"),
    removed: t("picture.removed"),
    shown: t("picture.shown"),
  };
}
