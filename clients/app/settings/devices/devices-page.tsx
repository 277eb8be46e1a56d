// The devices on which one is signed in.
import { useObservable } from "@meetinity/ui/shell/observe.ts";
import { client } from "../../shell/client.ts";
import { Page } from "../page.tsx";
import { DevicesSection } from "./section.tsx";

export function DevicesPage() {
  const { viewerId } = useObservable(client.session);
  return <Page name="devices">{viewerId !== null && <DevicesSection viewerId={viewerId} />}</Page>;
}
