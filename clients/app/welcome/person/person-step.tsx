// The first person to meet, with the reason; or what will happen while there is nobody yet.
import { Button } from "@meetinity/ui/components/button.tsx";
import { Empty, Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { Users } from "lucide-react";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { AnsweredStrip } from "../../people/suggestions/answered-strip.tsx";
import { useSending } from "../../people/suggestions/sending.ts";
import { SuggestionCard } from "../../people/suggestions/suggestion-card.tsx";
import {
  type Suggestion,
  type Suggestions,
  suggestionsOf,
} from "../../people/suggestions/suggestions.ts";
import { ConfirmAddress } from "../../shell/confirm-address.tsx";
import { Frame, Ways } from "../frame.tsx";
import type { Going } from "../going.ts";

const MatchDialog = lazy(() =>
  import("../../people/matches/match-dialog.tsx").then(({ MatchDialog }) => ({
    default: MatchDialog,
  })),
);

interface PersonStepProps {
  readonly going: Going;
  readonly viewerId: string;
}

export function PersonStep({ going, viewerId }: PersonStepProps) {
  const { t } = useTranslation("welcome");
  const suggestions = suggestionsOf(viewerId);
  return (
    <Frame step="person">
      <First suggestions={suggestions} />
      <Ways>
        <Button kind="plain" onClick={going.back ?? undefined}>
          {t("back")}
        </Button>
        <Button kind="primary" onClick={going.next}>
          {t("finish")}
        </Button>
      </Ways>
    </Frame>
  );
}

function First({ suggestions }: { readonly suggestions: Suggestions }) {
  const { pages, news } = suggestions;
  const { status, error, items } = useObservable(pages.state);
  const { matched, isUnverified } = useObservable(news);
  useSending(suggestions);
  useLookingAgain(suggestions, status === "ready" && items.length === 0);
  if (status === "failed") return <Failed error={error} onRetry={() => void pages.reload()} />;
  if (status === "loading") return <Loading rows={4} />;
  return (
    <>
      {isUnverified && <ConfirmAddress />}
      {items[0] ? (
        <Best key={items[0].id} suggestions={suggestions} suggestion={items[0]} />
      ) : (
        <Nobody suggestions={suggestions} />
      )}
      <Suspense>
        {matched && <MatchDialog person={matched} onClose={suggestions.forgetNews} />}
      </Suspense>
    </>
  );
}

interface BestProps {
  readonly suggestions: Suggestions;
  readonly suggestion: Suggestion;
}

function Best({ suggestions: { answers }, suggestion }: BestProps) {
  const { id, user } = suggestion;
  const given = useObservable(answers.state).get(id);
  const isCard = given === undefined || (given.status === "sending" && given.answer === "ACCEPT");
  if (isCard) {
    return (
      <SuggestionCard
        suggestion={suggestion}
        isBusy={given !== undefined}
        onAnswer={(answer) => answers.give(id, answer)}
      />
    );
  }
  return (
    <AnsweredStrip
      name={user.displayName}
      answered={given}
      onUndo={() => answers.undo(id)}
      onRetry={() => answers.retry(id)}
    />
  );
}

function Nobody({ suggestions: { pages } }: { readonly suggestions: Suggestions }) {
  const { t } = useTranslation("welcome");
  return (
    <Empty icon={Users} title={t("nobody")}>
      <p>{t("nobodyHint")}</p>
      <Button onClick={() => void pages.reload()}>{t("again")}</Button>
    </Empty>
  );
}

const PAUSES_MS = [1_500, 4_000, 10_000];

/** An answer takes a few seconds to count. */
function useLookingAgain({ pages }: Suggestions, isEmpty: boolean): void {
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const pause = PAUSES_MS[tries];
    if (!isEmpty || pause === undefined) return;
    const timer = setTimeout(() => {
      void pages.reload().then(() => setTries(tries + 1));
    }, pause);
    return () => clearTimeout(timer);
  }, [isEmpty, tries, pages]);
}
