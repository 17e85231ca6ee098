import { translate } from "../lib/i18n";
import { messageOf } from "./FormDialog";
import { toast } from "./Toast";

/** Says what went wrong where everything that happened is said. */
export function sayFailure(error: unknown): void {
  toast(messageOf(error, translate("components", "error.unreachable")), { tone: "bad" });
}

/** Does what was asked for, or says why it could not be done; returns whether it was. */
export async function attempt(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch (error) {
    sayFailure(error);
    return false;
  }
}
