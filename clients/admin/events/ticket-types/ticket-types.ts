// The ticket types of an event as those who manage it have them, kept up to date, and their
// changes.
import { useMutation, useQuery } from "@apollo/client/react";
import {
  CreateTicketTypeDocument,
  DeleteTicketTypeDocument,
  ManagedTicketTypesDocument,
  MoveTicketTypeDocument,
  UpdateTicketTypeDocument,
} from "@meetinity/client/documents";
import type {
  CreateTicketTypeMutation,
  DeleteTicketTypeMutation,
  ManagedTicketTypesQuery,
  UpdateTicketTypeMutation,
} from "@meetinity/client/operations";
import { useLive } from "../live.ts";
import type { TypeFields } from "./draft.ts";

type Managed = NonNullable<ManagedTicketTypesQuery["event"]>;
export type TicketType = Managed["ticketTypes"][number];

export interface TicketTypes {
  /** Null until they are read. */
  readonly types: readonly TicketType[] | null;
  readonly error: unknown;
  retry(): void;
}

export function useTicketTypes(eventId: string): TicketTypes {
  const { data, error, refetch } = useQuery(ManagedTicketTypesDocument, {
    variables: { id: eventId },
    fetchPolicy: "cache-and-network",
    notifyOnNetworkStatusChange: true,
  });
  const retry = () => void refetch().catch(() => {});
  useLive(eventId, retry);
  const event = data?.event as Managed | null | undefined;
  return { types: event?.ticketTypes ?? null, error, retry };
}

export type Created = CreateTicketTypeMutation["createTicketType"];
export type Updated = UpdateTicketTypeMutation["updateTicketType"];
export type Deleted = DeleteTicketTypeMutation["deleteTicketType"];

interface Changes {
  create(fields: TypeFields, code: string): Promise<Created | undefined>;
  update(type: TicketType, patch: Partial<TypeFields>, code: string): Promise<Updated | undefined>;
  delete(ticketTypeId: string): Promise<Deleted | undefined>;
  move(ticketTypeId: string, position: number): Promise<void>;
}

export function useTypeChanges(eventId: string): Changes {
  const refetchQueries = [{ query: ManagedTicketTypesDocument, variables: { id: eventId } }];
  const [create] = useMutation(CreateTicketTypeDocument, {
    refetchQueries,
    awaitRefetchQueries: true,
  });
  // They say how it shall be, and may be repeated.
  const context = { isSafeToRepeat: true };
  const [update] = useMutation(UpdateTicketTypeDocument, { context, refetchQueries });
  const [remove] = useMutation(DeleteTicketTypeDocument, { context });
  const [move] = useMutation(MoveTicketTypeDocument, { context });
  return {
    async create(fields, code) {
      const input = { eventId, ...fields, ...(code !== "" && { code }) };
      const { data } = await create({ variables: { input } });
      return data?.createTicketType as Created | undefined;
    },
    async update({ id, version }, patch, code) {
      const expected = { ticketTypeId: id, expectedVersion: version };
      const input = { ...expected, ...patch, ...(code !== "" && { code }) };
      const { data } = await update({ variables: { input } });
      return data?.updateTicketType as Updated | undefined;
    },
    async delete(ticketTypeId) {
      const { data } = await remove({ variables: { input: { ticketTypeId } } });
      return data?.deleteTicketType as Deleted | undefined;
    },
    async move(ticketTypeId, position) {
      await move({ variables: { input: { ticketTypeId, position } } });
    },
  };
}
