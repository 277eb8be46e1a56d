// One's own account: the name, the address, and how to leave.
import { AddressSection } from "./address/section.tsx";
import { LeavingSection } from "./leaving/section.tsx";
import { NameSection } from "./name/section.tsx";
import { Page } from "./page.tsx";

export function AccountPage() {
  return (
    <Page name="account">
      <NameSection />
      <AddressSection />
      <LeavingSection />
    </Page>
  );
}
