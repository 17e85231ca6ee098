import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { get } from "../../api/client";
import type { ValueAddedList } from "../../api/generated/types";
import { useCan } from "../../api/session";
import { follow, isOver } from "../../api/sse";
import type { Category, Items, Page, Product, Region, Store } from "../../api/types";
import type {
  AccuracyView,
  Correction,
  ForecastList,
  ForecastView,
  NewProduct,
  Outlier,
  Override,
  Run,
} from "./shapes";
import {
  type AccuracySearch,
  accuracyQuery,
  addedQuery,
  type ListView,
  listQuery,
  type OutliersView,
  outliersQuery,
  type ProductSearch,
  placeQuery,
  productQuery,
} from "./view";

const LISTS = { staleTime: 10 * 60_000 };
const ALL = ["forecasts"];
/** Somebody else's run, or the night's, is noticed within this time. */
const NOTICE_MS = 30_000;

export function useLists() {
  const can = useCan();
  const stores = useQuery({
    queryKey: ["stores"],
    queryFn: ({ signal }) => get<Items<Store>>("/stores", {}, signal),
    enabled: can("stores.view"),
    ...LISTS,
  });
  const regions = useQuery({
    queryKey: ["regions"],
    queryFn: ({ signal }) => get<Items<Region>>("/regions", {}, signal),
    enabled: can("stores.view"),
    ...LISTS,
  });
  const categories = useQuery({
    queryKey: ["categories"],
    queryFn: ({ signal }) => get<Items<Category>>("/categories", {}, signal),
    enabled: can("catalogue.view"),
    ...LISTS,
  });
  return {
    stores: stores.data?.items ?? [],
    regions: regions.data?.items ?? [],
    categories: categories.data?.items ?? [],
  };
}
export type Lists = ReturnType<typeof useLists>;

export const useForecasts = (view: ListView) =>
  useQuery({
    queryKey: [...ALL, "list", listQuery(view)],
    queryFn: ({ signal }) => get<ForecastList>("/forecasts", listQuery(view), signal),
    placeholderData: keepPreviousData,
  });

export const useForecast = (sku: string, view: ProductSearch) =>
  useQuery({
    queryKey: [...ALL, "one", sku, productQuery(view)],
    queryFn: ({ signal }) =>
      get<ForecastView>(`/forecasts/${encodeURIComponent(sku)}`, productQuery(view), signal),
    placeholderData: (before, query) => (query?.queryKey[2] === sku ? before : undefined),
  });

export const useOverrides = (sku: string, view: ProductSearch) =>
  useQuery({
    queryKey: [...ALL, "overrides", sku, placeQuery(view)],
    queryFn: ({ signal }) => get<Page<Override>>("/forecasts/overrides", { sku, store: view.mag }, signal),
  });

export const useCorrections = (sku: string, view: ProductSearch) =>
  useQuery({
    queryKey: [...ALL, "corrections", sku, view.mag],
    queryFn: ({ signal }) =>
      get<Page<Correction>>("/forecasts/corrections", { sku, store: view.mag }, signal),
  });

export const useNewProducts = (enabled: boolean) =>
  useQuery({
    queryKey: [...ALL, "new"],
    queryFn: ({ signal }) => get<Items<NewProduct>>("/forecasts/new-products", {}, signal),
    enabled,
  });

export const useProductsLike = (search: string) =>
  useQuery({
    queryKey: ["products", "like", search],
    queryFn: ({ signal }) => get<Page<Product>>("/products", { search, size: 8 }, signal),
    enabled: search.length >= 2,
    placeholderData: keepPreviousData,
  });

export const useOutliers = (view: OutliersView) =>
  useQuery({
    queryKey: [...ALL, "outliers", outliersQuery(view)],
    queryFn: ({ signal }) => get<Page<Outlier>>("/forecasts/outliers", outliersQuery(view), signal),
    placeholderData: keepPreviousData,
  });

export const useAccuracy = (view: AccuracySearch) =>
  useQuery({
    queryKey: [...ALL, "accuracy", accuracyQuery(view)],
    queryFn: ({ signal }) => get<AccuracyView>("/forecasts/accuracy", accuracyQuery(view), signal),
    placeholderData: keepPreviousData,
  });

export const useValueAdded = (view: AccuracySearch) =>
  useQuery({
    queryKey: [...ALL, "value-added", addedQuery(view)],
    queryFn: ({ signal }) => get<ValueAddedList>("/forecasts/value-added", addedQuery(view), signal),
    placeholderData: keepPreviousData,
  });

/** After a change every forecast may read otherwise. */
export function useForecastsChanged() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ALL });
}

const RUNS = ["forecast-runs"];

/** The latest run, followed live while it goes on; when it ends every forecast is asked for anew. */
export function useLatestRun() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: RUNS,
    queryFn: async ({ signal }) => (await get<Page<Run>>("/forecasts/runs", {}, signal)).items[0] ?? null,
    refetchInterval: NOTICE_MS,
    staleTime: 0,
  });
  const run = query.data;
  const [id, under] = [run?.id, run ? !isOver(run) : false];
  useEffect(() => {
    if (!id || !under) return;
    const abort = new AbortController();
    void follow<Run>(`/forecasts/runs/${id}/events`, abort.signal, (step) => {
      client.setQueryData(RUNS, step);
      if (isOver(step)) void client.invalidateQueries({ queryKey: ALL });
    });
    return () => abort.abort();
  }, [id, under, client]);
  return { query, refetch: () => client.invalidateQueries({ queryKey: RUNS }) };
}
