import { resume, session } from "../api/session";
import { findSite, site } from "../api/site";
import { setFormat } from "../lib/format";
import { chosenLanguage, preferredLanguage, switchLanguage } from "../lib/i18n";
import { startI18n } from "./i18n";

/** The user's language and the tenant's money become how everything is written. */
export async function applySession(): Promise<void> {
  const current = session();
  const place = site();
  if (current.status === "signed-in") {
    const { currency, currencyDecimals, timeZone } = current.tenant;
    setFormat({ currency, decimals: currencyDecimals, timeZone });
    await switchLanguage(current.user.language);
  } else if (place.kind === "tenant" && !chosenLanguage()) {
    await switchLanguage(place.language);
  }
}

/** Asked all at once, before the first component: who is here, on which tenant, in which language. */
export const started: Promise<void> = Promise.all([
  findSite(),
  resume(),
  startI18n(preferredLanguage()),
]).then(applySession);
