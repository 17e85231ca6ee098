import type { Category } from "../../api/types";
import { useCategories, useProduct, useRegions, useStores } from "./queries";
import type { View } from "./view";

/** What codes are called. Until the lists are here, and for what the reader may not list, the code stands. */
export interface Names {
  region: (code: string) => string;
  store: (code: string) => string;
  category: (code: string) => string;
  product: (sku: string) => string;
  /** From the top of the tree down to the category itself. */
  path: (category: string) => string[];
  regionOf: (store: string) => string | undefined;
}

export function pathIn(categories: readonly Pick<Category, "code" | "parent">[], code: string): string[] {
  const path: string[] = [];
  let at: string | null | undefined = code;
  while (at && !path.includes(at)) {
    path.unshift(at);
    at = categories.find((category) => category.code === at)?.parent;
  }
  return path;
}

export function useNames(view: View): Names {
  const regions = useRegions().data?.items ?? [];
  const stores = useStores().data?.items ?? [];
  const categories = useCategories().data?.items ?? [];
  const product = useProduct(view.art).data;
  const name = (list: readonly { code: string; name: string }[]) => (code: string) =>
    list.find((item) => item.code === code)?.name ?? code;
  return {
    region: name(regions),
    store: name(stores),
    category: name(categories),
    product: (sku) => (product?.sku === sku ? product.name : sku),
    path: (category) => pathIn(categories, category),
    regionOf: (store) => stores.find((item) => item.code === store)?.region.code,
  };
}
