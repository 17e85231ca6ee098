import { createLazyRoute } from "@tanstack/react-router";
import { Calendar } from "./Calendar";

export const calendarRoute = createLazyRoute("/shell/calendrier")({ component: Calendar });
