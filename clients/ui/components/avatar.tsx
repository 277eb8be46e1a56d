// The initials of a person or a group, in a colour that stays theirs. The name stands beside it.
import styles from "./avatar.module.css";
import { classes } from "./classes.ts";

const TONES = [styles.tone0, styles.tone1, styles.tone2, styles.tone3, styles.tone4];

interface AvatarProps {
  readonly id: string;
  readonly name: string;
  readonly size?: "small" | "large";
}

export function Avatar({ id, name, size }: AvatarProps) {
  const tone = TONES[[...id].reduce((sum, each) => sum + each.charCodeAt(0), 0) % TONES.length];
  return (
    <span aria-hidden="true" className={classes(styles.avatar, tone, size && styles[size])}>
      {initialsOf(name)}
    </span>
  );
}

/** At most two letters, whole characters of any script. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words.at(0) ?? "";
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return [first, last].map((word) => firstCharacter(word).toLocaleUpperCase()).join("");
}

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function firstCharacter(word: string): string {
  for (const { segment } of characters.segment(word)) return segment;
  return "";
}
