// The end of a list that grows: it reads the next page before the reader gets here, says when that
// failed, and says when there is no more.
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./infinite-end.module.css";
import { Failed } from "./state.tsx";

interface InfiniteEndProps {
  readonly hasMore: boolean;
  readonly loadMore: () => Promise<void>;
  /** The text at the very end. */
  readonly children: ReactNode;
  /** In the shape of what comes. Default: a word. */
  readonly skeleton?: ReactNode;
}

/** So far ahead the next page is read. */
const AHEAD = "800px";

interface ComingProps {
  readonly isLoading: boolean;
  readonly skeleton: ReactNode;
}

function Coming({ isLoading, skeleton }: ComingProps) {
  const { t } = useTranslation("shell");
  return skeleton ?? <span role="status">{isLoading && t("loading")}</span>;
}

export function InfiniteEnd({ hasMore, loadMore, children, skeleton }: InfiniteEndProps) {
  const mark = useRef<HTMLDivElement>(null);
  const [isLoading, setLoading] = useState(false);
  const [failure, setFailure] = useState<{ readonly error: unknown } | null>(null);
  const isDue = hasMore && !isLoading && failure === null;
  useEffect(() => {
    if (!isDue || !mark.current) return;
    // A new observer tells at once whether the mark is near: a short page may leave it so.
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        setLoading(true);
        loadMore()
          .catch((error: unknown) => setFailure({ error }))
          .finally(() => setLoading(false));
      },
      { root: mark.current.closest("[data-scrolls]"), rootMargin: AHEAD },
    );
    observer.observe(mark.current);
    return () => observer.disconnect();
  }, [isDue, loadMore]);
  if (failure) return <Failed error={failure.error} onRetry={() => setFailure(null)} />;
  return (
    <div ref={mark} className={skeleton && hasMore ? undefined : styles.end}>
      {hasMore ? <Coming isLoading={isLoading} skeleton={skeleton} /> : children}
    </div>
  );
}
