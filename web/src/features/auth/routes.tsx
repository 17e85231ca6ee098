import { createLazyRoute } from "@tanstack/react-router";
import { SignIn } from "./SignIn";

export const signInRoute = createLazyRoute("/connexion")({ component: SignIn });
