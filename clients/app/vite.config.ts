// How the app is built: into `dist/`, for the router to serve below `/app/`.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  base: "/app/",
  plugins: [react()],
  build: {
    // The content policy forbids `data:` fonts and scripts.
    assetsInlineLimit: 0,
    manifest: true,
    target: "es2023",
    // The polyfill for preloading is an inline script, which the content policy forbids.
    modulePreload: { polyfill: false },
  },
});
