import { ApiError, toQuery } from "../../api/client";
import { accessToken, refresh } from "../../api/session";
import type { ImportKind, ImportMode } from "../../api/types";

export interface Sending {
  /** Bytes that go over the network: fewer than the file's when it could be compressed here. */
  sent: number;
  total: number;
}

export interface Upload {
  kind: ImportKind;
  mode: ImportMode;
  dryRun: boolean;
  mapping: string | null;
  file: string;
  content: Blob;
  /** Kept for retries: an upload whose answer was lost is not taken twice. */
  key: string;
}

const GZIP = "application/gzip";

/** A tenth of the bytes on a weak network, where the browser can do it. */
export async function pack(file: File, gzip: boolean): Promise<Blob> {
  if (gzip) return new Blob([file], { type: GZIP });
  if (typeof CompressionStream === "undefined") return new Blob([file], { type: "text/csv" });
  const packed = await new Response(file.stream().pipeThrough(new CompressionStream("gzip"))).blob();
  return new Blob([packed], { type: GZIP });
}

function problem(answer: XMLHttpRequest): ApiError {
  let body: { code?: string; detail?: string; title?: string; traceId?: string } = {};
  try {
    body = JSON.parse(answer.responseText);
  } catch {
    // A proxy's page instead of the host's answer: the status says what there is to say.
  }
  const { code, detail, title, traceId } = body;
  return new ApiError(
    answer.status,
    code ?? `http_${answer.status}`,
    detail ?? title ?? answer.statusText,
    {},
    traceId ?? null,
  );
}

/** Fetch does not tell how much of a body has left: this is what the older request object is still for. */
function post(
  upload: Upload,
  tell: (sending: Sending) => void,
  signal: AbortSignal,
): Promise<XMLHttpRequest> {
  const { kind, mode, dryRun, mapping, file, content, key } = upload;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1/imports${toQuery({ kind, mode, dryRun, mapping, file })}`);
    request.setRequestHeader("Content-Type", content.type);
    request.setRequestHeader("Idempotency-Key", key);
    request.setRequestHeader("Accept-Language", document.documentElement.lang);
    request.setRequestHeader("Authorization", `Bearer ${accessToken()}`);
    request.upload.onprogress = (event) => tell({ sent: event.loaded, total: event.total });
    request.onload = () => resolve(request);
    request.onerror = () => reject(new ApiError(0, "unreachable", "unreachable"));
    request.onabort = () => reject(new ApiError(0, "stopped", "stopped"));
    signal.addEventListener("abort", () => request.abort());
    request.send(content);
  });
}

/** The id of the import that the host made of it. */
export async function upload(
  what: Upload,
  tell: (sending: Sending) => void,
  signal: AbortSignal,
): Promise<string> {
  let answer = await post(what, tell, signal);
  if (answer.status === 401 && (await refresh())) answer = await post(what, tell, signal);
  if (answer.status !== 202) throw problem(answer);
  return (JSON.parse(answer.responseText) as { id: string }).id;
}
