import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTenant } from "../../api/session";
import { todayIn } from "../../lib/dates";
import { useThrough } from "./queries";
import { clean, drill, periodOf, type View } from "./view";

/** The view is read from the URL and changed by navigating: back, copy and share come for free. */
export function useView() {
  const view = useSearch({ from: "/shell/tdb" });
  const navigate = useNavigate({ from: "/tdb" });
  const today = todayIn(useTenant().timeZone);
  const period = periodOf(view, today, useThrough());
  return {
    view,
    period,
    today,
    /** Another place: closes the ticket, returns to the first page. */
    open: (change: Partial<View>) => void navigate({ search: drill(view, change) }),
    /** The same place seen otherwise; `replace` keeps small choices out of the history. */
    adjust: (change: Partial<View>, replace = false) =>
      void navigate({ search: clean({ ...view, ...change }), replace, resetScroll: false }),
  };
}
export type ViewControls = ReturnType<typeof useView>;
