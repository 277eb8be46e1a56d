// The offer on home to finish the first steps, while something is missing and the person has not
// put it away.
import { createObservable } from "@meetinity/client";
import { Button, buttonClass } from "@meetinity/ui/components/button.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Link } from "@tanstack/react-router";
import { Sparkles } from "lucide-react";
import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../shell/client.ts";
import { endOffer, isOfferEnded } from "../shell/first-steps.ts";
import { onePerViewer } from "../shell/one-per-viewer.ts";
import { readFirstSteps } from "./first-steps.ts";
import styles from "./offer.module.css";
import { openSteps } from "./steps.ts";

/** How many steps are open. Whoever comes back to the list finds it as long as it was. */
const openOf = onePerViewer(() => createObservable(0));

export function Offer() {
  const { viewerId } = useObservable(client.session);
  return viewerId === null ? null : <Steps key={viewerId} viewerId={viewerId} />;
}

function Steps({ viewerId }: { readonly viewerId: string }) {
  const { t } = useTranslation("shell");
  const id = useId();
  const open = openOf(viewerId);
  const count = useObservable(open);
  useEffect(() => {
    if (isOfferEnded(viewerId)) return;
    readFirstSteps().then(
      (newcomer) => {
        const left = newcomer ? openSteps(newcomer).length : 0;
        if (newcomer && left === 0) endOffer(viewerId);
        open.set(left);
      },
      // The next visit asks again.
      () => {},
    );
  }, [viewerId, open]);
  if (count === 0 || isOfferEnded(viewerId)) return null;
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
            open.set(0);
            document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
          }}
        >
          {t("firstSteps.notNow")}
        </Button>
      </div>
    </section>
  );
}
