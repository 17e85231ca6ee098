/** What the host looks at to recognise a layout. */
export const HEAD_BYTES = 256 * 1024;

const GZIP = [0x1f, 0x8b];
const isGzip = (bytes: Uint8Array) => bytes[0] === GZIP[0] && bytes[1] === GZIP[1];

export interface Head {
  bytes: Uint8Array<ArrayBuffer>;
  /** The file is compressed already: it is sent as it is. */
  gzip: boolean;
}

/** The beginning of a file, opened when it is compressed. */
export async function readHead(file: Blob): Promise<Head> {
  const start = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer());
  if (!isGzip(start)) return { bytes: start, gzip: false };
  const reader = file.stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  const bytes = new Uint8Array(HEAD_BYTES);
  let length = 0;
  while (length < HEAD_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    const part = value.subarray(0, HEAD_BYTES - length);
    bytes.set(part, length);
    length += part.length;
  }
  await reader.cancel();
  return { bytes: bytes.slice(0, length), gzip: true };
}

/** The first records as spreadsheets write them: quotes around what holds separators, quotes or line ends. */
export function firstRecords(text: string, separator: string, count: number): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < text.length && records.length < count; at++) {
    const char = text[at];
    if (quoted && char === '"') {
      if (text[at + 1] === '"') field += text[++at];
      else quoted = false;
    } else if (quoted) field += char;
    else if (char === '"' && field === "") quoted = true;
    else if (char === separator) {
      record.push(field.trim());
      field = "";
    } else if (char === "\n") {
      record.push(field.trim());
      if (record.length > 1 || record[0]) records.push(record);
      record = [];
      field = "";
    } else field += char;
  }
  if (records.length < count && (record.length || field)) records.push([...record, field.trim()]);
  return records;
}

const SAMPLES = 5;

/** The columns as they are when the file is read otherwise than detected. */
export function columnsOf(head: Uint8Array, encoding: string, separator: string) {
  const text = new TextDecoder(encoding).decode(head);
  const [header = [], ...rows] = firstRecords(text, separator, SAMPLES + 1);
  return header.map((name, index) => ({ name, index, samples: rows.map((row) => row[index] ?? "") }));
}
