import { createLazyRoute } from "@tanstack/react-router";
import { Invitation } from "./Invitation";
import { NewPassword } from "./NewPassword";
import { SignIn } from "./SignIn";
import { SignUp } from "./SignUp";

export const signInRoute = createLazyRoute("/connexion")({ component: SignIn });
export const signUpRoute = createLazyRoute("/inscription")({ component: SignUp });
export const invitationRoute = createLazyRoute("/invitation")({ component: Invitation });
export const passwordRoute = createLazyRoute("/password")({ component: NewPassword });
