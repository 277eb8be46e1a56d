// The cover of an event: its picture, or a drawing in its place. It only decorates: whatever it
// stands beside has the title.
import { useMemo, useState } from "react";
import { classes } from "./classes.ts";
import { coverOf } from "./drawing/cover.ts";
import { Drawn } from "./drawing/drawn.tsx";
import styles from "./event-cover.module.css";

interface EventCoverProps {
  readonly id: string;
  readonly tags: readonly string[];
  /**
   * `thumb` is a square in a row, `small` one in a table, `card` the top of a card, `banner` the
   * top of a page.
   */
  readonly size: "small" | "thumb" | "card" | "banner";
  /** The address of its picture. It may have ended: then the drawing is shown. */
  readonly picture?: string | null | undefined;
}

export function EventCover({ id, tags, size, picture }: EventCoverProps) {
  const [firstTag] = tags;
  const [broken, setBroken] = useState<string | null>(null);
  const cover = useMemo(() => coverOf(id, firstTag), [id, firstTag]);
  return (
    <span aria-hidden="true" className={classes(styles.cover, styles[size])}>
      <Drawn drawing={cover} width={400} height={200} />
      {picture && picture !== broken && (
        <img src={picture} alt="" decoding="async" onError={() => setBroken(picture)} />
      )}
    </span>
  );
}
