import { createRouter } from "@tanstack/react-router";
import { Failure } from "../components/Async";
import { readSearch, writeSearch } from "../lib/search";
import { Missing } from "./Missing";
import { routeTree } from "./routes";

export const router = createRouter({
  routeTree,
  parseSearch: readSearch,
  stringifySearch: writeSearch,
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
