// The beginning of the first steps: it leads to the first one that is open, on any device.
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { Navigate, useSearch } from "@tanstack/react-router";
import { readFirstSteps } from "./first-steps.ts";
import styles from "./frame.module.css";
import { useReading } from "./reading.ts";
import { firstStep } from "./steps.ts";

export function WelcomePage() {
  const { to } = useSearch({ strict: false });
  const { value: newcomer, error, reload } = useReading(readFirstSteps);
  if (!newcomer) {
    return (
      <div className={styles.page}>
        {error ? <Failed error={error} onRetry={reload} /> : <Loading rows={5} />}
      </div>
    );
  }
  const step = firstStep(newcomer);
  const search = to === undefined ? {} : { to };
  return <Navigate to="/welcome/$step" params={{ step }} search={search} replace />;
}
