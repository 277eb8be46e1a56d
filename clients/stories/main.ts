// Storybook of the app. It loads nothing from outside, and tells nobody that it runs.
import { join } from "node:path";
import type { StorybookConfig } from "@storybook/react-vite";
import react from "@vitejs/plugin-react";

const config: StorybookConfig = {
  framework: "@storybook/react-vite",
  stories: ["./**/*.stories.tsx", "../ui/**/*.stories.tsx", "../app/**/*.stories.tsx"],
  // The pictures of the app are at `/app/`.
  staticDirs: [{ from: join(import.meta.dirname, "../app/public"), to: "/app" }],
  core: { disableTelemetry: true, enableCrashReports: false, disableWhatsNewNotifications: true },
  features: {
    actions: false,
    backgrounds: false,
    controls: false,
    interactions: false,
    measure: false,
    outline: false,
    viewport: true,
  },
  typescript: { reactDocgen: false },
  viteFinal: (vite) => ({ ...vite, plugins: [react(), ...(vite.plugins ?? [])] }),
};

export default config;
