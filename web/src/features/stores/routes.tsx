import { createLazyRoute } from "@tanstack/react-router";
import { StoreList } from "./StoreList";
import { StorePage } from "./StorePage";

export const storesRoute = createLazyRoute("/shell/magasins")({ component: StoreList });
export const storeRoute = createLazyRoute("/shell/magasins/$code")({ component: StorePage });
