// The build of this app, served at `/app/`.
import { defineConfig } from "vite";
import { appConfig } from "../ui/build/vite.ts";

export default defineConfig(appConfig(import.meta.dirname, "/app/", { isOffline: true }));
