import { accessToken, refresh, secondFactorAsked, sessionEnded } from "./session";

export interface FieldError {
  code: string;
  message: string;
}

/** A refusal by the API (RFC 9457), or `status: 0` when it could not be reached at all. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly errors: Record<string, FieldError[]> = {},
    readonly traceId: string | null = null,
  ) {
    super(message);
  }
}

type QueryValue = string | number | boolean | null | undefined | readonly string[];
export type Query = Record<string, QueryValue>;

const BASE = "/api/v1";

/** Somebody who clicks faster than the limit sees a pause, not a refusal; changes are never repeated. */
const LONGEST_WAIT_S = 5;
let language = "fr";

export function setApiLanguage(value: string): void {
  language = value;
}

export function toQuery(query: Query = {}): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    const text = Array.isArray(value) ? value.join(",") : value;
    if (text !== undefined && text !== null && text !== "") params.set(key, String(text));
  }
  const text = params.toString();
  return text ? `?${text}` : "";
}

async function toError(response: Response): Promise<ApiError> {
  const problem = await response.json().catch(() => ({}));
  return new ApiError(
    response.status,
    problem.code ?? `http_${response.status}`,
    problem.detail ?? problem.title ?? response.statusText,
    problem.errors ?? {},
    problem.traceId ?? null,
  );
}

/** One request with the bearer token; an expired token is refreshed once and the request repeated. */
export async function request(path: string, init: RequestInit = {}, query?: Query): Promise<Response> {
  const url = BASE + path + toQuery(query);
  let used: string | null = null;
  const attempt = () => {
    const headers = new Headers(init.headers);
    headers.set("Accept-Language", language);
    used = accessToken();
    if (used) headers.set("Authorization", `Bearer ${used}`);
    return fetch(url, { ...init, headers, credentials: "same-origin" }).catch((cause: unknown) => {
      if (init.signal?.aborted) throw cause;
      throw new ApiError(0, "unreachable", "unreachable");
    });
  };
  let response = await attempt();
  if (response.status === 401 && used) {
    // Another request may have refreshed while this one was on its way.
    if (accessToken() !== used || (await refresh())) response = await attempt();
    else sessionEnded();
  }
  const wait = response.status === 429 && !init.method ? Number(response.headers.get("Retry-After")) : 0;
  if (wait > 0 && wait <= LONGEST_WAIT_S) {
    await new Promise((resolve) => setTimeout(resolve, wait * 1000));
    response = await attempt();
  }
  if (response.ok) return response;
  const error = await toError(response);
  if (error.code === "two_factor_required") secondFactorAsked();
  throw error;
}

async function json<T>(response: Response): Promise<T> {
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

export async function get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> {
  return json<T>(await request(path, { signal: signal ?? null }, query));
}

export async function send<T = void>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
  query?: Query,
): Promise<T> {
  const init: RequestInit = { method };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "Content-Type": "application/json" };
  }
  return json<T>(await request(path, init, query));
}
