// The step that cuts a square out of the chosen picture.
import type { Upload } from "@meetinity/client/upload";
import { Button } from "@meetinity/ui/components/button.tsx";
import { Cropper } from "@meetinity/ui/components/crop/cropper.tsx";
import { drawPart, type Picture } from "@meetinity/ui/components/crop/picture.ts";
import { LARGEST, partOf } from "@meetinity/ui/components/crop/rules.ts";
import popup from "@meetinity/ui/components/popup.module.css";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./avatar.module.css";
import { sendAvatar } from "./sending.ts";

interface CuttingProps {
  readonly picture: Picture;
  readonly onOther: () => void;
  readonly onUpload: (upload: Upload) => void;
}

/** The largest size that is shown is half of it. */
const SIDE_MAX = 1_024;

export function Cutting({ picture, onOther, onUpload }: CuttingProps) {
  const { t } = useTranslation("avatar");
  const { t: common } = useTranslation("shell");
  const [crop, setCrop] = useState(LARGEST);
  const [hasFailed, setFailed] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const cut = { picture, aspect: 1 };
  async function send(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      onUpload(sendAvatar(await drawPart(picture, partOf(cut, crop), SIDE_MAX)));
    } catch {
      setFailed(true);
      setBusy(false);
    }
  }
  const texts = { frame: t("frame"), hint: t("cropHint"), zoom: t("zoom") };
  return (
    <>
      <div className={popup.body}>
        <Cropper url={picture.url} cut={cut} crop={crop} onChange={setCrop} texts={texts} isRound />
        <div role="alert">
          {hasFailed && <p className={styles.refusal}>{common("errors.unknown")}</p>}
        </div>
      </div>
      <div className={popup.actions}>
        <Button onClick={onOther}>{t("other")}</Button>
        <Button needsNetwork kind="primary" aria-disabled={isBusy} onClick={() => void send()}>
          {t("use")}
        </Button>
      </div>
    </>
  );
}
