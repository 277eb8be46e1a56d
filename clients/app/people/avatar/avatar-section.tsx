// The viewer's picture on their profile.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import type { PictureWords } from "@meetinity/ui/picture/picture.ts";
import { PictureSection } from "@meetinity/ui/picture/picture-section.tsx";
import { useTranslation } from "react-i18next";
import { AVATAR } from "./sending.ts";

interface AvatarSectionProps {
  readonly id: string;
  readonly name: string;
  readonly avatarUrl: string | null;
  readonly onChange: (avatarUrl: string | null) => void;
}

export function AvatarSection({ id, name, avatarUrl, onChange }: AvatarSectionProps) {
  return (
    <PictureSection
      use={AVATAR}
      words={useWords()}
      hasPicture={avatarUrl !== null}
      onChange={onChange}
    >
      <Avatar id={id} name={name} size="large" picture={avatarUrl} />
    </PictureSection>
  );
}

function useWords(): PictureWords {
  const { t } = useTranslation("avatar");
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
