import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { get, type Query } from "../../api/client";
import type {
  Category,
  Dashboard,
  Items,
  Metric,
  MetricRows,
  Page,
  Product,
  Region,
  Store,
  Ticket,
  TicketRow,
} from "../../api/types";
import type { Day } from "../../lib/dates";

const LISTS = { staleTime: 10 * 60_000 };
const THROUGH = ["dashboard", "through"];
const REFRESH_MS = 60_000;

/** The last day with sales, as the latest answer knew it: where a running period stops. */
export function useThrough(): Day | null {
  return useQuery<Day | null>({ queryKey: THROUGH, queryFn: () => null, enabled: false }).data ?? null;
}

export function useDashboard(query: Query, enabled: boolean) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["dashboard", "view", query],
    queryFn: async ({ signal }) => {
      const answer = await get<Dashboard>("/dashboard", query, signal);
      client.setQueryData(THROUGH, answer.watermark.dataThrough);
      return answer;
    },
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
    enabled,
  });
}

export const useRegions = () =>
  useQuery({
    queryKey: ["regions"],
    queryFn: ({ signal }) => get<Items<Region>>("/regions", {}, signal),
    ...LISTS,
  });

export const useStores = () =>
  useQuery({
    queryKey: ["stores"],
    queryFn: ({ signal }) => get<Items<Store>>("/stores", {}, signal),
    ...LISTS,
  });

export const useCategories = () =>
  useQuery({
    queryKey: ["categories"],
    queryFn: ({ signal }) => get<Items<Category>>("/categories", {}, signal),
    ...LISTS,
  });

export const useMetrics = () =>
  useQuery({
    queryKey: ["metrics"],
    queryFn: ({ signal }) => get<Items<Metric>>("/metrics", {}, signal),
    ...LISTS,
  });

export const useProduct = (sku: string | undefined) =>
  useQuery({
    queryKey: ["products", sku],
    queryFn: ({ signal }) => get<Product>(`/products/${encodeURIComponent(sku ?? "")}`, {}, signal),
    enabled: sku !== undefined,
    ...LISTS,
  });

export const useMetricRows = (query: Query) =>
  useQuery({
    queryKey: ["dashboard", "metrics", query],
    queryFn: ({ signal }) => get<MetricRows>("/metrics/query", query, signal),
    placeholderData: keepPreviousData,
  });

export const TICKETS_PER_PAGE = 25;

export const useTickets = (query: Query) =>
  useQuery({
    queryKey: ["dashboard", "tickets", query],
    queryFn: ({ signal }) =>
      get<Page<TicketRow>>("/sales/tickets", { ...query, size: TICKETS_PER_PAGE }, signal),
    placeholderData: keepPreviousData,
  });

export const useTicket = (at: { store: string; ticket: string } | null) =>
  useQuery({
    queryKey: ["dashboard", "ticket", at],
    queryFn: ({ signal }) =>
      get<Ticket>(
        `/sales/tickets/${encodeURIComponent(at?.store ?? "")}/${encodeURIComponent(at?.ticket ?? "")}`,
        {},
        signal,
      ),
    enabled: at !== null,
  });
