import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const host = process.env["EPM_URL"] ?? "http://demo.localhost:5080";

export default defineConfig({
  plugins: [react()],
  build: {
    target: ["chrome123", "firefox128", "safari17.5"],
    manifest: true,
    // The content security policy has no data: for styles or scripts; small assets stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // Few files that compress together, instead of thirty that each pay a request and a dictionary.
        codeSplitting: {
          groups: [
            {
              name: "vendor",
              test: /node_modules[\\/](react|react-dom|scheduler|@tanstack|use-sync)/,
            },
            {
              name: "frame",
              test: /src[\\/](api|lib|components[\\/](Async|Button|Card|DataTable|Frame|Icon|Page|Popover))/,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { "/api": { target: host, changeOrigin: false }, "/openapi": host } },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    css: { modules: { classNameStrategy: "non-scoped" } },
  },
});
