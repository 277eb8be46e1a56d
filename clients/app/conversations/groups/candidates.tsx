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
  /** Those who shall be added, also those whom the list does not show. */
  readonly chosen: readonly Candidate[];
  readonly onChange: (chosen: readonly Candidate[]) => void;
  /** These were searched for. */
  readonly isSearch: boolean;
}

export function Candidates(props: CandidatesProps) {
  const { people, members, chosen, onChange, isSearch } = props;
  const { t } = useTranslation("groups");
  const isChosen = ({ id }: Candidate) => chosen.some((each) => each.id === id);
  function toggle(person: Candidate): void {
    const others = chosen.filter(({ id }) => id !== person.id);
    onChange(isChosen(person) ? others : [...chosen, person]);
  }
  if (people.length === 0) {
    return <p className={styles.hint}>{t(isSearch ? "adding.none" : "adding.noMatches")}</p>;
  }
  return (
    <>
      <h3 className={details.heading}>{t(isSearch ? "adding.found" : "adding.known")}</h3>
      <ul className={details.list}>
        {people.map((person) => (
          <li key={person.id}>
            <Row
              person={person}
              isMember={members.has(person.id)}
              isChosen={isChosen(person)}
              onToggle={() => toggle(person)}
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

function Words({
  person: { id, displayName, isVerified, headline, avatarUrl },
}: Pick<RowProps, "person">) {
  return (
    <>
      <Avatar id={id} name={displayName} size="small" picture={avatarUrl} />
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
