// Tries an action, and says in a notice why it was refused.

import { explain } from "@meetinity/ui/components/explain.ts";
import { sayFailure } from "@meetinity/ui/components/notices.ts";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "../problems/explain-problem.ts";
import { explained } from "../problems/explained.ts";

export type Attempt = (act: () => Promise<Problem>) => Promise<boolean>;

/** Resolves to whether it worked. */
export function useAttempt(): Attempt {
  const { t: common } = useTranslation("shell");
  return useCallback(
    async (act) => {
      try {
        const result = await act();
        if (result.__typename.endsWith("Success")) return true;
        sayFailure(await explained(result));
      } catch (error) {
        sayFailure(explain(error, common));
      }
      return false;
    },
    [common],
  );
}
