import { useQuery, useQueryClient } from "@tanstack/react-query";
import { get } from "../../api/client";
import { useCan } from "../../api/session";
import type { Closure, Items, MetricRows, Objective, Region, Store, StoreObjective } from "../../api/types";
import { addMonths, endOfMonth } from "../../lib/dates";

export const useStores = () =>
  useQuery({ queryKey: ["stores"], queryFn: ({ signal }) => get<Items<Store>>("/stores", {}, signal) });

export const useRegions = () =>
  useQuery({ queryKey: ["regions"], queryFn: ({ signal }) => get<Items<Region>>("/regions", {}, signal) });

export const useStore = (code: string) =>
  useQuery({
    queryKey: ["stores", code],
    queryFn: ({ signal }) => get<Store>(`/stores/${encodeURIComponent(code)}`, {}, signal),
  });

export const useObjectives = (code: string, year: number) =>
  useQuery({
    queryKey: ["objectives", code, year],
    queryFn: ({ signal }) =>
      get<Items<Objective>>(`/stores/${encodeURIComponent(code)}/objectives`, { year }, signal),
  });

export const useClosures = (code: string) =>
  useQuery({
    queryKey: ["stores", code, "closures"],
    queryFn: ({ signal }) => get<Items<Closure>>(`/stores/${encodeURIComponent(code)}/closures`, {}, signal),
  });

/** What every store is to make in a month. */
export const useMonthObjectives = (month: string) =>
  useQuery({
    queryKey: ["objectives", "month", month],
    queryFn: ({ signal }) => get<Items<StoreObjective>>("/objectives", { month }, signal),
    select: (list) => new Map(list.items.map((item) => [item.store, item.revenue])),
  });

/** Revenue with tax by month, this year and the one before: what an objective is held against. */
export function useMonthRevenue(store: string, year: number) {
  const can = useCan();
  return useQuery({
    queryKey: ["dashboard", "months", store, year],
    queryFn: async ({ signal }) => {
      const rows = await get<MetricRows>(
        "/metrics/query",
        { metrics: "revenue", by: "month", from: `${year - 1}-01-01`, to: endOfMonth(`${year}-12`), store },
        signal,
      );
      return new Map(rows.rows.map((row) => [row.keys["month"] ?? "", row.values["revenue"] ?? null]));
    },
    enabled: can("dashboard.view"),
  });
}

export const monthsOf = (year: number): string[] =>
  Array.from({ length: 12 }, (_, index) => addMonths(`${year}-01`, index));

/** After a change of stores every figure may read otherwise. */
export function useStoresChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ["stores", "regions", "objectives", "dashboard"].map((key) =>
        client.invalidateQueries({ queryKey: [key] }),
      ),
    );
}
