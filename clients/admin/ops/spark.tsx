// A small graph of the last minute. The number beside it says the same, so readers skip it.
import styles from "./ops.module.css";

interface SparkProps {
  /** The newest last; null where there was none. */
  readonly values: readonly (number | null)[];
}

const WIDTH = 59;
const HEIGHT = 20;

export function Spark({ values }: SparkProps) {
  const top = Math.max(1, ...values.map((value) => value ?? 0));
  const from = WIDTH + 1 - values.length;
  const points = values.map(
    (value, index) => `${from + index},${HEIGHT - ((value ?? 0) / top) * HEIGHT}`,
  );
  return (
    <svg
      className={styles.spark}
      viewBox={`0 -1 ${WIDTH} ${HEIGHT + 2}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <polyline points={points.join(" ")} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
