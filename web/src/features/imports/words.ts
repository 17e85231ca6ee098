import { isOver } from "../../api/sse";
import type { Import } from "../../api/types";
import type { Tone } from "../../components/Card";
import { formatNumber } from "../../lib/format";
import type { T } from "../../lib/i18n";
import { periodToken } from "../../lib/period";

export const TONES: Record<Import["state"], Tone> = {
  receiving: "accent",
  queued: "accent",
  running: "accent",
  completed: "good",
  failed: "bad",
  cancelled: "warn",
};

export const nameOf = (t: T, item: Import): string => item.file ?? t("unnamed");

/** What came of it, in one sentence. */
export function resultWords(t: T, item: Import): string {
  const state = t(`state.${item.state}`).toLowerCase();
  if (!isOver(item)) return state;
  return item.state === "cancelled" ? `${state}, ${countWords(t, item)}` : countWords(t, item);
}

function countWords(t: T, item: Import): string {
  if (item.state === "failed") return item.failure?.message ?? t("state.failed");
  const rejected =
    item.rejected > 0
      ? [t("result.rejected", { count: item.rejected, number: formatNumber(item.rejected) })]
      : [];
  if (item.unchanged > 0 && item.added + item.updated === 0)
    return [t(item.dryRun ? "result.allKnown" : "result.allUnchanged"), ...rejected].join(", ");
  const counts = (["added", "updated", "unchanged"] as const)
    .filter((counter) => item[counter] > 0)
    .map((counter) => t(`result.${counter}`, { count: item[counter], number: formatNumber(item[counter]) }));
  counts.push(...rejected);
  const read = t("result.read", { count: item.read, number: formatNumber(item.read) });
  return counts.length ? t("result.sentence", { read, counts: counts.join(", ") }) : read;
}

/** The dashboard on exactly what changed. Every store of the chain is the chain. */
export function changedView(effect: NonNullable<Import["effect"]>, stores: number) {
  const some = effect.stores.length < stores;
  return { p: periodToken(effect.from, effect.to), mag: some ? effect.stores.join(",") : undefined };
}

/** Seconds until the end at the pace so far; null while there is no pace yet. */
export function remaining(item: Import, now: number): number | null {
  if (!item.startedAt || item.bytes <= 0 || item.totalBytes <= item.bytes) return null;
  const seconds = (now - Date.parse(item.startedAt)) / 1000;
  return seconds < 1 ? null : Math.ceil((seconds * (item.totalBytes - item.bytes)) / item.bytes);
}
