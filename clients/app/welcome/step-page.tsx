// One step of a new person, at an address of its own. The profile is read once for all of them.
import { Failed, Loading } from "@meetinity/ui/components/state.tsx";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useParams, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { changesOf, draftOf } from "../people/profile/draft.ts";
import { type Profile, useProfile } from "../people/profile/profile.ts";
import { client } from "../shell/client.ts";
import { leaveForEvent } from "../shell/first-steps.ts";
import { NotFound } from "../shell/not-found.tsx";
import styles from "./frame.module.css";
import { useGoing } from "./going.ts";
import { keepDraft, keptDraft } from "./kept.ts";
import { Question } from "./question.tsx";
import { isQuestion, isStep, type Step } from "./steps.ts";

const EventStep = lazy(() =>
  import("./event/event-step.tsx").then(({ EventStep: Loaded }) => ({ default: Loaded })),
);
const PersonStep = lazy(() =>
  import("./person/person-step.tsx").then(({ PersonStep: Loaded }) => ({ default: Loaded })),
);

export function StepPage() {
  const { step } = useParams({ strict: false });
  const { viewerId } = useObservable(client.session);
  // Here they are again.
  useEffect(() => leaveForEvent(null), []);
  if (!isStep(step)) return <NotFound />;
  return viewerId === null ? null : <Steps key={viewerId} viewerId={viewerId} step={step} />;
}

interface StepsProps {
  readonly viewerId: string;
  readonly step: Step;
}

function Steps({ viewerId, step }: StepsProps) {
  const { state, retry } = useProfile(viewerId);
  if (state.status === "ready") return <Open profile={state.profile} step={step} />;
  if (state.status === "loading") return <Waiting />;
  return (
    <div className={styles.page}>
      <Failed error={state.error} onRetry={retry} />
    </div>
  );
}

function Waiting() {
  return (
    <div className={styles.page}>
      <Loading rows={5} />
    </div>
  );
}

interface OpenProps {
  readonly profile: Profile;
  readonly step: Step;
}

function Open({ profile: read, step }: OpenProps) {
  const { to } = useSearch({ strict: false });
  const { profile, setProfile, draft, setDraft } = useEditing(read);
  const going = useGoing(read.id, step, to);
  if (isQuestion(step)) {
    const editing = { profile, draft, setDraft, onSaved: setProfile };
    return <Question key={step} step={step} going={going} {...editing} />;
  }
  return (
    <Suspense fallback={<Waiting />}>
      {step === "event" ? (
        <EventStep going={going} profile={profile} to={to} />
      ) : (
        <PersonStep going={going} viewerId={read.id} />
      )}
    </Suspense>
  );
}

/** The draft survives a reload, until it is saved. */
function useEditing(read: Profile) {
  const [profile, setProfile] = useState(read);
  const [draft, setDraft] = useState(() => {
    const saved = draftOf(read);
    return keptDraft(read.id, saved) ?? saved;
  });
  useEffect(() => {
    const isUnsaved = changesOf(draft, draftOf(profile)) !== null;
    keepDraft(profile.id, isUnsaved ? draft : null);
  }, [draft, profile]);
  const save = useCallback((saved: Profile) => {
    setProfile(saved);
    setDraft(draftOf(saved));
  }, []);
  return { profile, setProfile: save, draft, setDraft };
}
