import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { get } from "../../api/client";
import type { Category, Items, Page, Product } from "../../api/types";

export const PRODUCTS_PER_PAGE = 50;

export const useCategories = () =>
  useQuery({
    queryKey: ["categories"],
    queryFn: ({ signal }) => get<Items<Category>>("/categories", {}, signal),
  });

export const useProducts = (search: string | undefined, category: string | undefined, page: number) =>
  useQuery({
    queryKey: ["products", "list", search, category, page],
    queryFn: ({ signal }) =>
      get<Page<Product>>("/products", { search, category, page, size: PRODUCTS_PER_PAGE }, signal),
    placeholderData: keepPreviousData,
  });

/** Past figures follow a category that moved or a cost that changed. */
export function useCatalogueChanged() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ["categories", "products", "dashboard"].map((key) => client.invalidateQueries({ queryKey: [key] })),
    );
}
