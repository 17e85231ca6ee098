/** One lazy chunk for everything that draws on scales: it comes after the numbers. */
export { HourChart, SalesHeat } from "./hours";
export { RevenueChart } from "./RevenueChart";
