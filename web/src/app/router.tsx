import { createRouter, parseSearchWith, stringifySearchWith } from "@tanstack/react-router";
import { Failure } from "../components/Async";
import { Missing } from "./Missing";
import { routeTree } from "./routes";

export const router = createRouter({
  routeTree,
  // Search parameters are plain text: `p=2026` must not come back as a number.
  parseSearch: parseSearchWith((value) => value),
  stringifySearch: stringifySearchWith((value) => String(value)),
  defaultPreload: "intent",
  scrollRestoration: true,
  defaultErrorComponent: ({ error, reset }) => (
    <Failure error={error instanceof Error ? error : new Error(String(error))} retry={reset} />
  ),
  defaultNotFoundComponent: Missing,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
