// How one signs in: the password, and the second step.
import { Page } from "./page.tsx";
import { PasswordSection } from "./password/section.tsx";
import { SecondFactorSection } from "./second-factor/section.tsx";

export function SecurityPage() {
  return (
    <Page name="security">
      <PasswordSection />
      <SecondFactorSection />
    </Page>
  );
}
