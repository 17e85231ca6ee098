import { createLazyRoute } from "@tanstack/react-router";
import { SignIn } from "./SignIn";
import { SignUp } from "./SignUp";

export const signInRoute = createLazyRoute("/connexion")({ component: SignIn });
export const signUpRoute = createLazyRoute("/inscription")({ component: SignUp });
