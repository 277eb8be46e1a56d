// The texts that a gate shows for the answers of the server, and for its own verdicts.
import type { AddWalkInMutation, CheckInMutation } from "@meetinity/client/operations";
import type { Shown } from "./gate-state.ts";
import type { OfflineVerdict } from "./offline.ts";
import type { StoredType } from "./stored-door.ts";

export function shownOfScan(result: CheckInMutation["checkIn"]): Shown {
  switch (result.__typename) {
    case "CheckInSuccess": {
      const { checkIn, registration } = result;
      return {
        kind: "in",
        name: registration.attendee?.displayName ?? null,
        seat: checkIn.seat,
        partySize: registration.partySize,
        come: registration.checkedInSeats.length,
        ticketType: registration.ticketType ?? null,
        isConflict: checkIn.isConflict,
        isUnverified: false,
        isOffline: false,
        undo: { kind: "checkIn", id: checkIn.id },
      };
    }
    case "AlreadyCheckedInProblem": {
      const { scannedAt, gate, by, checkIn } = result;
      const name = checkIn.registration.attendee?.displayName ?? null;
      const byName = by?.displayName ?? null;
      return { kind: "already", name, scannedAt, gate, by: byName, isOffline: false };
    }
    case "TicketNotValidProblem":
      return { kind: "notValid", fault: result.fault, isOffline: false };
    case "RegistrationNotSeatedProblem": {
      const name = result.registration.attendee?.displayName ?? null;
      return { kind: "notSeated", name, isOffline: false };
    }
    case "CheckInClosedProblem": {
      const { opensAt, closesAt } = result;
      return { kind: "closed", opensAt: opensAt ?? null, closesAt: closesAt ?? null };
    }
    default:
      return { kind: "failed", error: new Error(result.reason) };
  }
}

export function shownOfWalkIn(result: AddWalkInMutation["addWalkIn"]): Shown {
  switch (result.__typename) {
    case "AddWalkInSuccess": {
      const { id, partySize, ticketType = null } = result.walkIn;
      const undo = { kind: "walkIn", id } as const;
      return { kind: "walkIn", partySize, ticketType, isOffline: false, undo };
    }
    case "EventFullProblem":
      return { kind: "full", seatsLeft: result.seatsLeft };
    case "CheckInClosedProblem": {
      const { opensAt, closesAt } = result;
      return { kind: "closed", opensAt: opensAt ?? null, closesAt: closesAt ?? null };
    }
    default:
      return { kind: "failed", error: new Error(result.reason) };
  }
}

export function shownOfVerdict(
  verdict: OfflineVerdict,
  { seat, nonce }: { readonly seat: number; readonly nonce: string },
  types: readonly StoredType[],
): Shown {
  switch (verdict.kind) {
    case "in": {
      const { party, isUnverified } = verdict;
      return {
        kind: "in",
        name: party?.name ?? null,
        seat,
        partySize: party?.partySize ?? seat,
        come: (party?.checkedInSeats.length ?? 0) + 1,
        ticketType: types.find(({ id }) => id === party?.ticketTypeId) ?? null,
        isConflict: false,
        isUnverified,
        isOffline: true,
        undo: { kind: "waiting", nonce },
      };
    }
    case "already": {
      const { party, scan } = verdict;
      const name = party?.name ?? null;
      const scannedAt = scan?.scannedAt ?? null;
      const gate = scan?.gate ?? "";
      return { kind: "already", name, scannedAt, gate, by: null, isOffline: true };
    }
    case "notValid":
      return { kind: "notValid", fault: verdict.fault, isOffline: true };
    case "notSeated":
      return { kind: "notSeated", name: verdict.party?.name ?? null, isOffline: true };
  }
}
