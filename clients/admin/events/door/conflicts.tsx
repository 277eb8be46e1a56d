// Seats that two gates have let in while one of them was offline.
import { useQuery } from "@apollo/client/react";
import { CheckInsDocument } from "@meetinity/client/documents";
import type { CheckInsQuery } from "@meetinity/client/operations";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Moment } from "../../parts/moment.tsx";
import cards from "../../parts/page.module.css";
import styles from "./door.module.css";

const SHOWN = 50;
const POLL_MS = 30_000;

type Edges = NonNullable<NonNullable<CheckInsQuery["event"]>["checkIns"]>["edges"];
type CheckIn = Edges[number]["node"];

interface ConflictsProps {
  readonly eventId: string;
  /** How many this gate has caused: the list is read anew when there are more. */
  readonly troubles: number;
}

export function Conflicts({ eventId, troubles }: ConflictsProps) {
  const { t } = useTranslation("door");
  const { data, refetch } = useQuery(CheckInsDocument, {
    variables: { eventId, first: SHOWN, isConflict: true },
    fetchPolicy: "cache-and-network",
    // Those of other gates.
    pollInterval: POLL_MS,
  });
  useEffect(() => {
    if (troubles > 0) void refetch().catch(() => {});
  }, [troubles, refetch]);
  const edges = (data?.event?.checkIns?.edges ?? []) as Edges;
  if (edges.length === 0) return null;
  return (
    <section className={cards.card} aria-labelledby="door-conflicts">
      <h2 id="door-conflicts">{t("conflicts")}</h2>
      <p>{t("conflictsText")}</p>
      <ul className={styles.conflicts}>
        {edges.map(({ node }) => (
          <li key={node.id}>
            <strong dir="auto">{node.registration.attendee?.displayName ?? t("nobody")}</strong>
            <span>{t("seatOf", { seat: node.seat, partySize: node.registration.partySize })}</span>
            <Scan {...node} />
            {node.others.map((other) => (
              <Scan key={other.id} {...other} />
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Scan({
  scannedAt,
  gate,
  by,
}: Pick<CheckIn, "gate" | "by"> & { readonly scannedAt: string }) {
  const { t } = useTranslation("door");
  return (
    <span>
      <Moment at={scannedAt} /> · {gate === "" ? t("unnamedGate") : t("alreadyGate", { gate })}
      {by && ` · ${by.displayName}`}
    </span>
  );
}
