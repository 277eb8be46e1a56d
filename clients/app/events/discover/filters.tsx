// The filters at hand, as chips: times, formats, free seats, and the tags of the events found.
import { Chip } from "@meetinity/ui/components/chip.tsx";
import { classes } from "@meetinity/ui/components/classes.ts";
import { useDateReader } from "@meetinity/ui/i18n/date-reader.ts";
import { useTranslation } from "react-i18next";
import styles from "./discover.module.css";
import { formatRange, WHENS } from "./spans.ts";
import { useTags } from "./tags.ts";
import type { ChangeWanted } from "./use-wanted.ts";
import { type Format, toggled, type Wanted, without } from "./wanted.ts";

interface FiltersProps {
  readonly wanted: Wanted;
  readonly change: ChangeWanted;
}

const FORMATS: readonly Format[] = ["online", "in-person"];

export function Filters({ wanted, change }: FiltersProps) {
  const { t } = useTranslation("discover");
  const { when, format, free, place } = wanted;
  return (
    <fieldset className={classes(styles.chips, styles.fixed)} aria-label={t("filters")}>
      <OwnRange wanted={wanted} change={change} />
      {place !== undefined && (
        <Chip isOn onClick={() => change((before) => without(before, "place"))}>
          {place}
        </Chip>
      )}
      {WHENS.map((each) => (
        <Chip
          key={each}
          isOn={when === each}
          onClick={() =>
            change((before) => {
              const others = without(before, "when");
              return before.when === each ? others : { ...others, when: each };
            })
          }
        >
          {t(`when.${each}`)}
        </Chip>
      ))}
      {FORMATS.map((each) => (
        <Chip
          key={each}
          isOn={format === each}
          onClick={() =>
            change((before) =>
              before.format === each ? without(before, "format") : { ...before, format: each },
            )
          }
        >
          {t(`format.${each}`)}
        </Chip>
      ))}
      <Chip
        isOn={free === true}
        onClick={() =>
          change((before) => (before.free ? without(before, "free") : { ...before, free: true }))
        }
      >
        {t("free")}
      </Chip>
    </fieldset>
  );
}

function OwnRange({ wanted: { from, to }, change }: FiltersProps) {
  const { locale } = useDateReader();
  const { t } = useTranslation("discover");
  if ((from ?? to) === undefined) return null;
  return (
    <Chip isOn onClick={() => change((before) => without(before, "when"))}>
      {formatRange(from, to, locale, (name, day) => t(name, { day }))}
    </Chip>
  );
}

const TAGS_SHOWN = 8;

export function TagFilters({ wanted, change }: FiltersProps) {
  const { t } = useTranslation("discover");
  const suggested = useTags(wanted).slice(0, TAGS_SHOWN);
  const toggle = (tag: string) => change((before) => toggled(before, tag));
  return (
    <fieldset className={styles.chips} aria-label={t("tags")}>
      {(wanted.tags ?? []).map((tag) => (
        <Chip key={tag} isOn onClick={() => toggle(tag)}>
          {tag}
        </Chip>
      ))}
      {suggested.map(({ name, eventCount }) => (
        <Chip key={name} isOn={false} count={eventCount} onClick={() => toggle(name)}>
          {name}
        </Chip>
      ))}
    </fieldset>
  );
}
