import { ApiError } from "../../api/client";
import { acceptSignIn, session } from "../../api/session";
import type { SignedIn } from "../../api/types";
import { setFormat } from "../../lib/format";
import { switchLanguage } from "../../lib/i18n";

/** Begins a session: from here on everything is written in the chain's money and time, and in the person's language. */
export async function enter(signedIn: SignedIn): Promise<void> {
  await acceptSignIn(signedIn);
  const entered = session();
  if (entered.status !== "signed-in") throw new ApiError(0, "unreachable", "");
  const { currency, currencyDecimals, timeZone } = entered.tenant;
  setFormat({ currency, decimals: currencyDecimals, timeZone });
  await switchLanguage(entered.user.language);
}
