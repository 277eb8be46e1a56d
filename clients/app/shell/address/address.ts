// The viewer's address, and how it is confirmed.
import { MyAddress, type MyAddressQuery } from "@meetinity/client/operations";
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { useCallback, useEffect, useState } from "react";
import { client } from "../client.ts";

export type OwnAddress = NonNullable<MyAddressQuery["me"]>;

interface Read {
  readonly address: OwnAddress | null;
  readonly error: unknown;
  reload(): void;
}

/** Read anew when the viewer's address is confirmed, in any tab. */
export function useAddress(): Read {
  const { viewerId, isEmailVerified } = useObservable(client.session);
  const [state, setState] = useState<Pick<Read, "address" | "error">>({
    address: null,
    error: null,
  });
  const reload = useCallback(() => {
    client.run(MyAddress, {}).then(
      ({ me }) => setState({ address: me ?? null, error: null }),
      (error: unknown) => setState(({ address }) => ({ address, error })),
    );
  }, []);
  const known = `${viewerId} ${isEmailVerified}`;
  const [readFor, setReadFor] = useState("");
  useEffect(() => {
    if (readFor === known) return;
    setReadFor(known);
    reload();
  }, [known, readFor, reload]);
  return { ...state, reload };
}

/** After a confirmation: the session learns what it may do now, in all tabs. */
export async function learnConfirmation(): Promise<void> {
  await client.session.refresh().catch(() => {});
}
