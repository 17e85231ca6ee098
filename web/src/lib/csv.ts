import { language } from "./i18n";

export type CsvValue = string | number | null | undefined;

/** What starts a formula; the wide forms do where spreadsheets are set to East Asian languages. */
const STARTS = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\0";
const NUMBER = /^-?\d+(?:[.,]\d+)?$/;

/** Also behind spaces, quotes and control characters of its own; a plain number is none. */
function isLikeAFormula(text: string): boolean {
  if (NUMBER.test(text)) return false;
  for (const char of text) {
    if (STARTS.includes(char)) return true;
    if (char !== "'" && char.trim() !== "" && char > "\u001f" && char !== "\u007f") return false;
  }
  return false;
}

/** The same rule as the server's: a single quote goes in front of what a spreadsheet would run, and an import takes it away. */
function guarded(text: string): string {
  return isLikeAFormula(text) ? `'${text}` : text;
}

/** Either separator is quoted, so that a file reads the same to whoever guesses it. */
function cell(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  const text =
    typeof value === "number"
      ? language() === "fr"
        ? String(value).replace(".", ",")
        : String(value)
      : guarded(value);
  return /[",;\t\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180, with the separator and decimal mark that the reader's spreadsheet expects. */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  const separator = language() === "fr" ? ";" : ",";
  return [header, ...rows].map((row) => row.map(cell).join(separator)).join("\r\n");
}

export function download(name: string, content: Blob | string): void {
  // The byte-order mark is what makes Excel read UTF-8.
  const blob = typeof content === "string" ? new Blob([`\ufeff${content}`], { type: "text/csv" }) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
