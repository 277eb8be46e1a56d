// The offer of a newer build, loaded when there is one.
import { lazy, Suspense } from "react";
import { useObservable } from "../shell/observe.ts";
import { isNewerReady } from "./register.ts";

const NewerBuild = lazy(() =>
  import("./newer-build.tsx").then(({ NewerBuild: Part }) => ({ default: Part })),
);

export function NewerBuildLater() {
  const isReady = useObservable(isNewerReady);
  return (
    <div role="status">
      {isReady && (
        <Suspense>
          <NewerBuild />
        </Suspense>
      )}
    </div>
  );
}
