import { ApiError, get } from "./client";
import type { Site } from "./types";

export type Place = Site | { kind: "unknown" } | { kind: "unreachable" };

let place: Place = { kind: "unreachable" };

/** What this host name stands for; known before the first component renders. */
export const site = (): Place => place;

export async function findSite(): Promise<Place> {
  try {
    place = await get<Site>("/site");
  } catch (error) {
    place = { kind: error instanceof ApiError && error.status === 404 ? "unknown" : "unreachable" };
  }
  return place;
}
