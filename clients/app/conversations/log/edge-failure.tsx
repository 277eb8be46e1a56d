// Says that earlier or later messages could not be loaded.

import { Button } from "@meetinity/ui/components/button.tsx";
import { explain } from "@meetinity/ui/components/explain.ts";
import { useTranslation } from "react-i18next";
import styles from "./log.module.css";
import type { Edges } from "./use-edges.ts";

export function EdgeFailure({ edges }: { readonly edges: Edges }) {
  const { t } = useTranslation("shell");
  if (!edges.failure) return null;
  return (
    <div role="alert" className={styles.failure} data-side={edges.failure.side}>
      <p>{explain(edges.failure.error, t)}</p>
      <Button isSmall onClick={edges.retry}>
        {t("tryAgain")}
      </Button>
    </div>
  );
}
