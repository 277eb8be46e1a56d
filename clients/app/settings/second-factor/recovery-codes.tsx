// New recovery codes, which are shown only once: to copy, to download or to print.

import { Button } from "@meetinity/ui/components/button.tsx";
import { Copy, Download, Printer } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCopy } from "./copy.ts";
import styles from "./second-factor.module.css";

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const { t } = useTranslation("secondFactor");
  const id = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [isKept, setKept] = useState(false);
  const copy = useCopy();
  useEffect(() => heading.current?.focus(), []);
  const text = codes.join("\n");
  return (
    <div className={styles.codes}>
      <h3 id={id} ref={heading} tabIndex={-1}>
        {t("codesTitle")}
      </h3>
      <p>{t("codesHint")}</p>
      <ol aria-labelledby={id} className={styles.list}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className={styles.buttons}>
        <Button onClick={() => copy(text)}>
          <Copy aria-hidden="true" />
          {t("copyCodes")}
        </Button>
        <Button onClick={() => download(text, t("fileName"))}>
          <Download aria-hidden="true" />
          {t("downloadCodes")}
        </Button>
        <Button onClick={() => window.print()}>
          <Printer aria-hidden="true" />
          {t("printCodes")}
        </Button>
      </div>
      <label className={styles.kept}>
        <input
          type="checkbox"
          checked={isKept}
          onChange={(event) => setKept(event.currentTarget.checked)}
        />
        {t("kept")}
      </label>
      <Button kind="primary" aria-disabled={!isKept} onClick={() => isKept && onDone()}>
        {t("done")}
      </Button>
    </div>
  );
}

function download(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([`${text}\n`], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
