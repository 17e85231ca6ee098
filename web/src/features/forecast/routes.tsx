import { createLazyRoute } from "@tanstack/react-router";
import { Accuracy } from "./Accuracy";
import { Forecasts } from "./Forecasts";
import { Outliers } from "./Outliers";
import { ProductPage } from "./product/ProductPage";

export const forecastsRoute = createLazyRoute("/shell/previsions")({ component: Forecasts });
export const forecastRoute = createLazyRoute("/shell/previsions/article/$sku")({ component: ProductPage });
export const outliersRoute = createLazyRoute("/shell/previsions/anomalies")({ component: Outliers });
export const accuracyRoute = createLazyRoute("/shell/previsions/precision")({ component: Accuracy });
