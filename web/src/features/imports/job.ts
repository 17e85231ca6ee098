import { useSyncExternalStore } from "react";
import { ApiError, get, request, send, toQuery } from "../../api/client";
import { session } from "../../api/session";
import type { Detected, ImportKind, ImportMode, Items, Mapping, Page, Product, Store } from "../../api/types";
import { type Draft, draftFrom, mappingOf, untouchedName } from "./draft";
import { readHead } from "./head";
import { pack, type Sending, upload } from "./upload";

/**
 * The import being prepared. It lives beside the screens, so that an upload goes on when its author looks
 * at another page meanwhile; a file cannot be kept across a reload of the tab.
 */
export interface Job {
  kind: ImportKind;
  step: "file" | "columns" | "check";
  file: File | null;
  /** Another kind that the file's columns fit better. */
  rather: ImportKind | null;
  head: Uint8Array;
  draft: Draft | null;
  /** What is under way: reading the head, compressing, sending. */
  busy: "reading" | "packing" | "sending" | null;
  sending: Sending | null;
  failure: Error | null;
  /** The dry run's id. */
  checked: string | null;
  /** Whose file it is: the next person to sign in on this machine must not find it. */
  owner: string | null;
}

export const KINDS: readonly ImportKind[] = ["sales", "stores", "products", "objectives"];
const NOTHING: Job = {
  kind: "sales",
  step: "file",
  file: null,
  rather: null,
  head: new Uint8Array(),
  draft: null,
  busy: null,
  sending: null,
  failure: null,
  checked: null,
  owner: null,
};

let job = NOTHING;
let gzip = false;
let content: Blob | null = null;
let key: string | null = null;
let abort = new AbortController();
const listeners = new Set<() => void>();

function become(change: Partial<Job>): void {
  job = { ...job, ...change };
  for (const listener of listeners) listener();
}

// Closing the tab while a file leaves would lose it; the browser asks in its own words.
addEventListener("beforeunload", (event) => {
  if (job.busy === "sending") event.preventDefault();
});

export const useJob = (): Job =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => job,
  );

const asError = (error: unknown): Error =>
  error instanceof Error ? error : new ApiError(0, "unreachable", String(error));

export function reset(kind: ImportKind = "sales"): void {
  abort.abort();
  abort = new AbortController();
  content = key = null;
  job = NOTHING;
  become({ kind });
}

async function detect(kind: ImportKind, head: Uint8Array<ArrayBuffer>): Promise<Detected> {
  const response = await request(`/imports/detect${toQuery({ kind })}`, {
    method: "POST",
    body: head,
    headers: { "Content-Type": "text/csv" },
    signal: abort.signal,
  });
  return (await response.json()) as Detected;
}

async function betterKind(kind: ImportKind, head: Uint8Array<ArrayBuffer>): Promise<ImportKind | null> {
  const others = KINDS.filter((other) => other !== kind);
  const layouts = await Promise.all(others.map((other) => detect(other, head)));
  const fitting = others.filter((_, index) => layouts[index]?.missing.length === 0);
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}

export async function choose(kind: ImportKind, file: File): Promise<void> {
  reset(kind);
  const current = session();
  become({ file, busy: "reading", owner: current.status === "signed-in" ? current.user.id : null });
  try {
    const { bytes, gzip: packed } = await readHead(file);
    gzip = packed;
    const [detected, mappings, stores, products] = await Promise.all([
      detect(kind, bytes),
      get<Items<Mapping>>("/import-mappings", { kind }, abort.signal),
      get<Items<Store>>("/stores", {}, abort.signal),
      get<Page<Product>>("/products", { size: 1 }, abort.signal),
    ]);
    const base = mappings.items.find((mapping) => mapping.name === detected.mapping) ?? null;
    const known = { stores: stores.items.length > 0, products: products.total > 0 };
    const rather = detected.missing.length > 0 ? await betterKind(kind, bytes) : null;
    const draft = draftFrom(kind, file.name, detected, base, known);
    become({ head: bytes, rather, draft, step: "columns", busy: null });
  } catch (error) {
    if (!abort.signal.aborted || job.file === file) become({ busy: null, failure: asError(error) });
  }
}

/** Whatever is changed makes another demand of it, which may not answer to the key of the first. */
export function change(draft: Draft): void {
  key = null;
  become({ draft, checked: null, failure: null });
}

export function backTo(step: Job["step"]): void {
  become({ step, failure: null });
}

async function start(mode: ImportMode, dryRun: boolean): Promise<string | null> {
  const { draft, file } = job;
  if (!draft || !file) return null;
  const { signal } = abort;
  try {
    become({ failure: null, busy: "packing", sending: null });
    let mapping = untouchedName(draft);
    if (draft.touched) {
      const body = mappingOf(draft);
      mapping = (await send<Mapping>("PUT", `/import-mappings/${encodeURIComponent(body.name)}`, body)).name;
    }
    content ??= await pack(file, gzip);
    key ??= crypto.randomUUID();
    become({ busy: "sending", sending: { sent: 0, total: content.size } });
    const what = { kind: draft.kind, mode, dryRun, mapping, file: file.name, content, key };
    const id = await upload(what, (sending) => become({ sending }), signal);
    key = null;
    become({ busy: null, sending: null });
    return id;
  } catch (error) {
    if (!signal.aborted) become({ busy: null, sending: null, failure: asError(error) });
    return null;
  }
}

/** Reads the whole file on the host and changes nothing. */
export async function check(): Promise<void> {
  become({ step: "check", checked: null });
  become({ checked: await start("partial", true) });
}

/** The import itself; its id once the host has the file. */
export const run = (mode: ImportMode): Promise<string | null> => start(mode, false);

export function stopSending(): void {
  abort.abort();
  abort = new AbortController();
  become({ busy: null, sending: null, failure: null, step: job.checked ? "check" : "columns" });
}
