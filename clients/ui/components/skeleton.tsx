// The shapes of what is on its way: as high and as wide as what comes, so that nothing moves.
import { useTranslation } from "react-i18next";
import styles from "./skeleton.module.css";
import { Slow } from "./slow.tsx";

/** `events`: rows with a cover. `people`: rows with a picture. The others are a page or a part. */
export type SkeletonShape = "events" | "people" | "event" | "person" | "form" | "tickets";

const LINES: Readonly<Record<SkeletonShape, number>> = {
  events: 4,
  people: 2,
  event: 6,
  person: 4,
  form: 3,
  tickets: 4,
};

interface SkeletonProps {
  readonly shape: SkeletonShape;
  /** How many of them, as in a list. */
  readonly count?: number;
}

export function Skeleton({ shape, count = 1 }: SkeletonProps) {
  const { t } = useTranslation("shell");
  return (
    <div role="status" aria-label={t("loading")} className={styles[shape]}>
      {numbered(count).map((item) => (
        <div key={item} className={styles.item}>
          <span className={styles.picture} />
          <div className={styles.lines}>
            {numbered(LINES[shape]).map((line) => (
              <span key={line} className={styles.line} />
            ))}
          </div>
        </div>
      ))}
      <Slow />
    </div>
  );
}

const numbered = (count: number) => Array.from({ length: count }, (_, at) => `no ${at}`);
