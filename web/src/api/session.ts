import { useSyncExternalStore } from "react";
import type { Me, Permission, SignedIn, Tenant, User } from "./types";

/** The access token lives in memory only; the refresh cookie is HttpOnly and belongs to this host. */
export type Session =
  | { status: "starting" }
  | { status: "anonymous"; ended: boolean }
  | {
      status: "signed-in";
      user: User;
      tenant: Tenant;
      seenBy: { name: string } | null;
      /** The chain asks for a second factor: until there is one, only the own account is open. */
      barred: boolean;
    };

/** The cookie cannot be seen from here; this mark says whether asking for a session is worth a request. */
const MARK = "epm-session";
let token: string | null = null;
let state: Session = { status: "starting" };
const listeners = new Set<() => void>();
let refreshing: Promise<SignedIn | null> | null = null;

function become(next: Session): void {
  state = next;
  for (const listener of listeners) listener();
}

function leave(ended: boolean): void {
  token = null;
  localStorage.removeItem(MARK);
  become({ status: "anonymous", ended });
}

export const accessToken = (): string | null => token;
export const session = (): Session => state;

export function useSession(): Session {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, session);
}

export function useUser(): User {
  const current = useSession();
  if (current.status !== "signed-in") throw new Error("A signed-in screen was rendered without a session.");
  return current.user;
}

export function useTenant(): Tenant {
  const current = useSession();
  if (current.status !== "signed-in") throw new Error("A signed-in screen was rendered without a session.");
  return current.tenant;
}

export function useCan(): (permission: Permission) => boolean {
  const current = useSession();
  return (permission) =>
    current.status === "signed-in" && !current.barred && current.user.permissions.includes(permission);
}

async function rotate(): Promise<SignedIn | null> {
  const response = await fetch("/api/v1/auth/refresh", { method: "POST", credentials: "same-origin" }).catch(
    () => null,
  );
  if (!response?.ok) return null;
  const signedIn = (await response.json()) as SignedIn;
  token = signedIn.accessToken;
  return signedIn;
}

/**
 * A rotated cookie that is presented twice looks like theft and ends the whole family, so only one
 * refresh may run at a time: within this tab by the shared promise, across tabs by the lock.
 */
export function refresh(): Promise<SignedIn | null> {
  refreshing ??= (navigator.locks ? navigator.locks.request("epm-refresh", rotate) : rotate()).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

/** The chain has begun to ask for a second factor while somebody was at work. */
export function secondFactorAsked(): void {
  if (state.status === "signed-in" && !state.barred) become({ ...state, barred: true });
}

/** What somebody may do has changed by their own doing. No answer changes nothing: what they have on screen must not go. */
export async function askAgain(): Promise<void> {
  const me = await askWho().catch(() => null);
  if (me && state.status === "signed-in") enterAs(me);
}

export function sessionEnded(): void {
  leave(true);
}

async function askWho(): Promise<Me | null> {
  const response = await fetch("/api/v1/me", { headers: { Authorization: `Bearer ${token}` } });
  return response.ok ? ((await response.json()) as Me) : null;
}

function enterAs(me: Me): void {
  localStorage.setItem(MARK, "1");
  become({
    status: "signed-in",
    user: me.user,
    tenant: me.tenant,
    seenBy: me.seenBy,
    barred: me.barred !== null,
  });
}

async function enter(): Promise<void> {
  const me = await askWho();
  if (me) enterAs(me);
  else leave(false);
}

/** Once per page load: the refresh cookie, if there is one, becomes a session. */
export async function resume(): Promise<void> {
  if (localStorage.getItem(MARK) && (await refresh())) await enter();
  else leave(false);
}

/** Single sign-on comes back with the cookie alone: the mark says that it is worth asking. */
export function expectSession(): void {
  localStorage.setItem(MARK, "1");
}

export async function acceptSignIn(signedIn: SignedIn): Promise<void> {
  token = signedIn.accessToken;
  await enter();
}

/** Looks at the application as somebody else sees it: their token, in memory only; the own cookie stays as it is. */
export async function previewAs(seen: SignedIn): Promise<void> {
  token = seen.accessToken;
  await enter();
}

/** Back to oneself, by the cookie that was never given up. */
export async function endPreview(): Promise<void> {
  if (await refresh()) await enter();
  else leave(true);
}

export async function signOut(): Promise<void> {
  await fetch("/api/v1/auth/sign-out", {
    method: "POST",
    headers: token ? { Authorization: `Bearer ${token}` } : {},
    credentials: "same-origin",
  }).catch(() => null);
  leave(false);
}

export function changeUserLanguage(language: User["language"]): void {
  if (state.status === "signed-in") become({ ...state, user: { ...state.user, language } });
}
