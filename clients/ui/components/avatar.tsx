// The picture of a person; without one a small drawing that belongs to a person or a group, with
// initials. The name stands beside it.
import { useMemo, useState } from "react";
import styles from "./avatar.module.css";
import { classes } from "./classes.ts";
import { Drawn } from "./drawing/drawn.tsx";
import { portraitOf } from "./drawing/portrait.ts";

interface AvatarProps {
  readonly id: string;
  readonly name: string;
  readonly kind?: "person" | "group";
  readonly size?: "small" | "large";
  /** The address of a square picture. It may have ended: then the drawing is shown. */
  readonly picture?: string | null | undefined;
}

export function Avatar({ id, name, kind = "person", size, picture }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const portrait = useMemo(() => portraitOf(id, kind), [id, kind]);
  return (
    <span
      aria-hidden="true"
      className={classes(styles.avatar, styles[kind], size && styles[size])}
      style={{ color: portrait.ink }}
    >
      <Drawn drawing={portrait} width={80} height={80} turn={portrait.turn} />
      <span>{initialsOf(name)}</span>
      {picture && picture !== broken && (
        <img src={picture} alt="" decoding="async" onError={() => setBroken(picture)} />
      )}
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
