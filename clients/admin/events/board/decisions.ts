// Decisions about registrations by those who may edit an event: removed, approved, declined, or the
// person readmitted.
import { useMutation } from "@apollo/client/react";
import {
  ApproveRegistrationDocument,
  ApproveRegistrationsDocument,
  CancelRegistrationDocument,
  DeclineRegistrationDocument,
  ReadmitAttendeeDocument,
} from "@meetinity/client/documents";

/** Why a decision was not taken; null when it was. */
export type Problem = (typeof PROBLEMS)[number] | null;

const PROBLEMS = [
  "EventEndedProblem",
  "EventCancelledProblem",
  "EventFullProblem",
  "RegistrationStatusProblem",
] as const;

const problemOf = (name: string | undefined): Problem =>
  PROBLEMS.find((each) => each === name) ?? null;

interface Decisions {
  remove(registrationId: string): Promise<Problem>;
  approve(registrationId: string): Promise<Problem>;
  /** An empty note is none. */
  decline(registrationId: string, note: string): Promise<Problem>;
  /** Lets the person register again. */
  readmit(registrationId: string): Promise<Problem>;
  /** Approves many, at most 100; returns how many of them are approved. */
  approveAll(registrationIds: readonly string[]): Promise<number>;
}

export function useDecisions(): Decisions {
  // All of them say how it shall be, and may be repeated.
  const options = { context: { isSafeToRepeat: true } };
  const [cancel] = useMutation(CancelRegistrationDocument, options);
  const [approve] = useMutation(ApproveRegistrationDocument, options);
  const [decline] = useMutation(DeclineRegistrationDocument, options);
  const [readmit] = useMutation(ReadmitAttendeeDocument, options);
  const [approveAll] = useMutation(ApproveRegistrationsDocument, options);
  return {
    async remove(registrationId) {
      const { data } = await cancel({ variables: { input: { registrationId } } });
      return problemOf(data?.cancelRegistration?.__typename);
    },
    async approve(registrationId) {
      const { data } = await approve({ variables: { input: { registrationId } } });
      return problemOf(data?.approveRegistration?.__typename);
    },
    async decline(registrationId, note) {
      const input = { registrationId, note: note.trim() || null };
      const { data } = await decline({ variables: { input } });
      return problemOf(data?.declineRegistration?.__typename);
    },
    async readmit(registrationId) {
      const { data } = await readmit({ variables: { input: { registrationId } } });
      return problemOf(data?.readmitAttendee?.__typename);
    },
    async approveAll(registrationIds) {
      const input = { registrationIds: [...registrationIds] };
      const { data } = await approveAll({ variables: { input } });
      const outcomes = data?.approveRegistrations?.outcomes ?? [];
      return outcomes.filter(({ problem }) => problem === null).length;
    },
  };
}
