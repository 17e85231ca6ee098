import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { get } from "../../api/client";
import { useCan } from "../../api/session";
import { follow, isOver } from "../../api/sse";
import type { Import, Items, Page, RejectedLine, Store } from "../../api/types";

export const IMPORTS_PER_PAGE = 50;
export const REJECTED_PER_PAGE = 25;
const RUNNING_MS = 2_000;

export const useImports = (page: number) =>
  useQuery({
    queryKey: ["imports", "list", page],
    queryFn: ({ signal }) => get<Page<Import>>("/imports", { page, size: IMPORTS_PER_PAGE }, signal),
    placeholderData: keepPreviousData,
    // Someone else's imports appear too, and those under way move.
    refetchInterval: (query) =>
      query.state.data?.items.some((item) => !isOver(item)) ? RUNNING_MS : 15 * RUNNING_MS,
    staleTime: 0,
  });

/** One import, followed live until it is over; then whatever it may have changed is asked for anew. */
export function useImport(id: string | null) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ["imports", "one", id],
    queryFn: ({ signal }) => get<Import>(`/imports/${id}`, {}, signal),
    enabled: id !== null,
  });
  const under = query.data !== undefined && !isOver(query.data);
  useEffect(() => {
    if (!id || !under) return;
    const abort = new AbortController();
    void follow<Import>(`/imports/${id}/events`, abort.signal, (step) => {
      client.setQueryData(["imports", "one", id], step);
      if (!isOver(step)) return;
      const touched = ["dashboard", "stores", "regions", "categories", "products", "objectives"];
      for (const key of step.dryRun ? [] : touched) void client.invalidateQueries({ queryKey: [key] });
      void client.invalidateQueries({ queryKey: ["imports", "list"] });
    });
    return () => abort.abort();
  }, [id, under, client]);
  return query;
}

export const useRejected = (id: string, page: number, enabled: boolean) =>
  useQuery({
    queryKey: ["imports", "rejected", id, page],
    queryFn: ({ signal }) =>
      get<Page<RejectedLine>>(
        `/imports/${id}/errors`,
        { format: "json", page, size: REJECTED_PER_PAGE },
        signal,
      ),
    placeholderData: keepPreviousData,
    enabled,
  });

export function useStoreList() {
  const can = useCan();
  return useQuery({
    queryKey: ["stores"],
    queryFn: ({ signal }) => get<Items<Store>>("/stores", {}, signal),
    enabled: can("stores.view"),
  });
}
