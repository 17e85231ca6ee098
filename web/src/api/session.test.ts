import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

/** The network's edge: what the host would answer, and what it was asked. */
interface Host {
  asked: string[];
  valid: string;
  cookie: boolean;
}

const reply = (status: number, body: unknown = {}) => new Response(JSON.stringify(body), { status });

function host(): Host {
  const state: Host = { asked: [], valid: "t1", cookie: true };
  let issued = 1;
  vi.stubGlobal("fetch", async (url: string, init: RequestInit = {}) => {
    state.asked.push(`${init.method ?? "GET"} ${url}`);
    if (url.endsWith("/auth/refresh")) {
      if (!state.cookie) return reply(401, { code: "session_ended" });
      issued += 1;
      state.valid = `t${issued}`;
      return reply(200, { accessToken: state.valid, expiresIn: 900, user: {} });
    }
    const token = new Headers(init.headers).get("Authorization")?.replace("Bearer ", "");
    if (token !== state.valid) return reply(401, { code: "unauthenticated" });
    return url.endsWith("/me")
      ? reply(200, { user: { permissions: [] }, tenant: {} })
      : reply(200, { ok: true });
  });
  return state;
}

/** Session state belongs to the page: each test is a page of its own. */
async function page() {
  vi.resetModules();
  return { ...(await import("./session")), ...(await import("./client")) };
}

beforeEach(() => localStorage.clear());
afterEach(() => vi.unstubAllGlobals());

describe("the session", () => {
  test("is not asked for on a device that never signed in", async () => {
    const state = host();
    const { resume, session } = await page();
    await resume();
    expect(session().status).toBe("anonymous");
    expect(state.asked).toEqual([]);
  });

  test("is resumed from the cookie after a reload", async () => {
    host();
    localStorage.setItem("epm-session", "1");
    const { resume, session } = await page();
    await resume();
    expect(session().status).toBe("signed-in");
  });

  test("refreshes once when several requests find the token expired, and repeats each of them", async () => {
    const state = host();
    const { acceptSignIn, get } = await page();
    await acceptSignIn({ accessToken: "t1", expiresIn: 900, user: {} as never });
    state.valid = "expired by the clock";
    state.asked.length = 0;
    const answers = await Promise.all([get("/a"), get("/b"), get("/c")]);
    expect(answers).toEqual([{ ok: true }, { ok: true }, { ok: true }]);
    expect(state.asked.filter((line) => line.endsWith("/auth/refresh"))).toHaveLength(1);
  });

  test("ends, and says so, when the cookie is no longer good", async () => {
    const state = host();
    const { acceptSignIn, get, session } = await page();
    await acceptSignIn({ accessToken: "t1", expiresIn: 900, user: {} as never });
    state.valid = "other";
    state.cookie = false;
    await expect(get("/a")).rejects.toMatchObject({ status: 401 });
    expect(session()).toEqual({ status: "anonymous", ended: true });
    expect(localStorage.getItem("epm-session")).toBeNull();
  });
});

describe("a request", () => {
  test("that never reached the host is told apart from a refusal", async () => {
    vi.stubGlobal("fetch", async () => {
      throw new TypeError("network");
    });
    const { get } = await page();
    await expect(get("/a")).rejects.toMatchObject({ status: 0, code: "unreachable" });
  });

  test("leaves out filters that are not set, and joins lists by commas", async () => {
    const { toQuery } = await page();
    expect(toQuery({ a: undefined, b: null, c: "", d: ["x", "y"], e: 0, f: false })).toBe(
      "?d=x%2Cy&e=0&f=false",
    );
  });
});
