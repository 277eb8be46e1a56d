// The step that cuts a part out of the chosen picture.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../components/button.tsx";
import { Cropper } from "../components/crop/cropper.tsx";
import { drawPart, type Picture } from "../components/crop/picture.ts";
import { LARGEST, partOf } from "../components/crop/rules.ts";
import popup from "../components/popup.module.css";
import styles from "./picture.module.css";
import type { PictureUse } from "./picture.ts";

interface CuttingProps {
  readonly use: Pick<PictureUse, "aspect" | "widthMax" | "isRound">;
  readonly picture: Picture;
  readonly onOther: () => void;
  readonly onCut: (part: Blob) => void;
}

export function Cutting({ use, picture, onOther, onCut }: CuttingProps) {
  const { t } = useTranslation("picture");
  const { t: common } = useTranslation("shell");
  const [crop, setCrop] = useState(LARGEST);
  const [hasFailed, setFailed] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { aspect, widthMax, isRound = false } = use;
  const cut = { picture, aspect };
  async function send(): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    try {
      onCut(await drawPart(picture, partOf(cut, crop), widthMax));
    } catch {
      setFailed(true);
      setBusy(false);
    }
  }
  const texts = { frame: t("frame"), hint: t("cropHint"), zoom: t("zoom") };
  return (
    <>
      <div className={popup.body}>
        <Cropper
          url={picture.url}
          cut={cut}
          crop={crop}
          onChange={setCrop}
          texts={texts}
          isRound={isRound}
        />
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
