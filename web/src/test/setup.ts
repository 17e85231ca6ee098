import { setFormat } from "../lib/format";

setFormat({
  language: "fr",
  currency: "XOF",
  decimals: 0,
  timeZone: "Africa/Dakar",
  notMeasured: "non mesuré",
});
