// One thing at a time about a person, and why it was refused.
import { explain } from "@meetinity/ui/components/explain.ts";
import { say, sayFailure } from "@meetinity/ui/components/notices.ts";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "./person.ts";

interface Acting {
  readonly isBusy: boolean;
  /** `done` is said when it worked. */
  act(work: () => Promise<Problem>, done: string): Promise<void>;
}

export function useAct(): Acting {
  const { t } = useTranslation("people");
  const { t: common } = useTranslation("shell");
  const [isBusy, setBusy] = useState(false);
  async function act(work: () => Promise<Problem>, done: string): Promise<void> {
    if (isBusy) return;
    setBusy(true);
    await work().then(
      (problem) => (problem ? sayFailure(t(`problems.${problem}`)) : say(done)),
      (error: unknown) => sayFailure(explain(error, common)),
    );
    setBusy(false);
  }
  return { isBusy, act };
}
