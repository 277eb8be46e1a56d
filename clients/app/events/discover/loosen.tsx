// Nothing was found: the filters that hide events, each with a button that takes it off.
import { FindEvents } from "@meetinity/client/operations";
import { Button } from "@meetinity/ui/components/button.tsx";
import { Empty } from "@meetinity/ui/components/state.tsx";
import { Link } from "@tanstack/react-router";
import { CalendarDays, CalendarSearch } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { client } from "../../shell/client.ts";
import styles from "./discover.module.css";
import type { ChangeWanted } from "./use-wanted.ts";
import { filterOf, type Part, partsOf, type Wanted, without } from "./wanted.ts";

interface LoosenProps {
  readonly wanted: Wanted;
  readonly now: Date;
  readonly change: ChangeWanted;
}

export function Loosen({ wanted, now, change }: LoosenProps) {
  const { t } = useTranslation("discover");
  const helpful = useHelpful(wanted, now);
  if (partsOf(wanted).length === 0) return <Empty icon={CalendarDays} title={t("noneComing")} />;
  return (
    <Empty icon={CalendarSearch} title={t("none")}>
      <div role="status" className={styles.loosen}>
        {helpful && <p>{t(helpful.length > 0 ? "noneHint" : "noneOfOne")}</p>}
        {helpful?.map((part) => (
          <Button
            key={nameOf(part)}
            isSmall
            onClick={() => change((before) => without(before, part))}
          >
            {typeof part === "object" ? t("loosen.tag", part) : t(`loosen.${part}`)}
          </Button>
        ))}
      </div>
      <Link to="/events" search={{}}>
        {t("all")}
      </Link>
    </Empty>
  );
}

const nameOf = (part: Part) => (typeof part === "object" ? `tag ${part.tag}` : part);

/** The filters without which there are events; null until that is known. */
function useHelpful(wanted: Wanted, now: Date): readonly Part[] | null {
  const [helpful, setHelpful] = useState<readonly Part[] | null>(null);
  useEffect(() => {
    let isOpen = true;
    async function helps(part: Part): Promise<readonly Part[]> {
      const filter = filterOf(without(wanted, part), now);
      const { events } = await client.run(FindEvents, { first: 1, filter });
      return events.edges.length > 0 ? [part] : [];
    }
    const parts = partsOf(wanted);
    // One alone helps, or there are no events at all.
    Promise.all(parts.map((part) => helps(part).catch(() => [])))
      .then((found) => isOpen && setHelpful(found.flat()))
      .catch(() => {});
    return () => {
      isOpen = false;
    };
  }, [wanted, now]);
  return helpful;
}
