import { ApiError, get } from "../api/client";
import { resume, session } from "../api/session";
import type { Site } from "../api/types";
import { setFormat } from "../lib/format";
import { preferredLanguage, startI18n, switchLanguage } from "./i18n";

export type Place = Site | { kind: "unknown" } | { kind: "unreachable" };

let place: Place = { kind: "unreachable" };
export const site = (): Place => place;

async function findSite(): Promise<Place> {
  try {
    return await get<Site>("/site");
  } catch (error) {
    return error instanceof ApiError && error.status === 404 ? { kind: "unknown" } : { kind: "unreachable" };
  }
}

/** Asked all at once, before the first component: who is here, on which tenant, in which language. */
async function start(): Promise<void> {
  const [found] = await Promise.all([findSite(), resume(), startI18n(preferredLanguage())]);
  place = found;
  await applySession();
}

/** The user's language and the tenant's money become how everything is written. */
export async function applySession(): Promise<void> {
  const current = session();
  if (current.status === "signed-in") {
    const { currency, currencyDecimals, timeZone } = current.tenant;
    setFormat({ currency, decimals: currencyDecimals, timeZone });
    await switchLanguage(current.user.language);
  } else if (place.kind === "tenant" && !localStorage.getItem("epm-language")) {
    await switchLanguage(place.language);
  }
}

export const started: Promise<void> = start();
