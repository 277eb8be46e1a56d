// The offer on home to finish the first steps, while something is missing and the person has not
// put it away.
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { Sparkles } from "lucide-react";
import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { endOffer, isOfferEnded } from "../shell/first-steps.ts";
import { readFirstSteps } from "./first-steps.ts";
import styles from "./offer.module.css";
import { openSteps } from "./steps.ts";

export function Offer() {
  const { viewerId } = useObservable(client.session);
  return viewerId === null ? null : <Steps key={viewerId} viewerId={viewerId} />;
}

function Steps({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("shell");
  const id = useId();
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (isOfferEnded(viewerId)) return;
    readFirstSteps().then(
      (newcomer) => {
        const open = newcomer ? openSteps(newcomer).length : 0;
        if (newcomer && open === 0) endOffer(viewerId);
        setCount(open);
      },
      // The next visit asks again.
      () => {},
    );
  }, [viewerId]);
  if (count === 0) return null;
  return (
    <section className={styles.offer} aria-labelledby={id}>
      <Sparkles aria-hidden="true" />
      <h2 id={id}>{t("firstSteps.offer")}</h2>
      <p>{t("firstSteps.left", { count })}</p>
      <div className={styles.buttons}>
        <Link to="/welcome" className={buttonClass({ kind: "primary", isSmall: true })}>
          {t("firstSteps.goOn")}
        </Link>
        <Button
          isSmall
          onClick={() => {
            endOffer(viewerId);
            setCount(0);
            document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
          }}
        >
          {t("firstSteps.notNow")}
        </Button>
      </div>
    </section>
  );
}
