// The people who may be added, to choose from.
import { Avatar } from "@meetinity/ui/components/avatar.tsx";
import { Badge } from "@meetinity/ui/components/badge.tsx";
import { VerifiedBadge } from "@meetinity/ui/components/verified-badge.tsx";
import { useTranslation } from "react-i18next";
import details from "../details/details.module.css";
import styles from "./groups.module.css";
import type { Candidate } from "./use-candidates.ts";

interface CandidatesProps {
  readonly people: readonly Candidate[];
  /** Ids of those who are in the group. */
  readonly members: ReadonlySet<string | undefined>;
  /** Ids of those who shall be added, also of those whom the list does not show. */
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** These were searched for. */
  readonly isSearch: boolean;
}

export function Candidates(props: CandidatesProps) {
  const { people, members, chosen, onChange, isSearch } = props;
  const { t } = useTranslation("groups");
  function toggle(id: string): void {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  }
  if (people.length === 0) {
    return <p className={styles.hint}>{t(isSearch ? "adding.none" : "adding.noMatches")}</p>;
  }
  return (
    <>
      <h3 className={details.heading}>{t(isSearch ? "adding.found" : "adding.matches")}</h3>
      <ul className={details.list}>
        {people.map((person) => (
          <li key={person.id}>
            <Row
              person={person}
              isMember={members.has(person.id)}
              isChosen={chosen.has(person.id)}
              onToggle={() => toggle(person.id)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

interface RowProps {
  readonly person: Candidate;
  readonly isMember: boolean;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

function Row({ person, isMember, isChosen, onToggle }: RowProps) {
  const { t } = useTranslation("groups");
  if (isMember) {
    return (
      <div className={details.member}>
        <span className={styles.noBox} />
        <Words person={person} />
        <Badge tone="quiet">{t("adding.isMember")}</Badge>
      </div>
    );
  }
  return (
    <label className={details.member}>
      <input type="checkbox" checked={isChosen} onChange={onToggle} />
      <Words person={person} />
    </label>
  );
}

function Words({ person: { id, displayName, isVerified, headline } }: Pick<RowProps, "person">) {
  return (
    <>
      <Avatar id={id} name={displayName} size="small" />
      <span className={details.texts}>
        <span dir="auto">
          {displayName}
          <VerifiedBadge isVerified={isVerified} />
        </span>
        <span className={details.headline} dir="auto">
          {headline}
        </span>
      </span>
    </>
  );
}
