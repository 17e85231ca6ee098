import { createLazyRoute } from "@tanstack/react-router";
import { Account } from "./Account";

export const accountRoute = createLazyRoute("/shell/compte")({ component: Account });
