import { language } from "../../lib/i18n";

/** Groupings, tests and countries that are no more, which the platform names all the same. */
const NO_COUNTRY = new Set(
  "AN BU CS CT DD DY EU EZ FQ FX HV JT MI NH NQ NT PC PU PZ QO RH SU TP UK UN VD WK XA XB YD YU ZR ZZ".split(
    " ",
  ),
);
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

const named = (codes: readonly string[], type: "region" | "currency") => {
  const names = new Intl.DisplayNames(language(), { type, fallback: "none" });
  return codes
    .flatMap((code) => {
      const name = names.of(code);
      return name ? [{ code, name }] : [];
    })
    .sort((one, other) => one.name.localeCompare(other.name, language()));
};

export const countries = () =>
  named(
    LETTERS.flatMap((one) => LETTERS.map((other) => one + other)).filter((code) => !NO_COUNTRY.has(code)),
    "region",
  );
export const currencies = () => named(Intl.supportedValuesOf("currency"), "currency");
export const countryName = (code: string): string =>
  new Intl.DisplayNames(language(), { type: "region" }).of(code) ?? code;
