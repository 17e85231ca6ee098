import { expect, type Page } from "@playwright/test";
import { settled } from "./support";

/** What was opened, blocked or said about scripts on any page of this window. */
export interface Watch {
  dialogs: string[];
  blocked: string[];
  /** The policy each answer came with. */
  policies: string[];
}

/** Watches from before the first page on. */
export async function watched(page: Page): Promise<Watch> {
  const watch: Watch = { dialogs: [], blocked: [], policies: [] };
  page.on("dialog", (dialog) => {
    watch.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on("console", (message) => {
    if (/content.security.policy/i.test(message.text())) watch.blocked.push(message.text());
  });
  page.on("response", (response) => {
    if (/^https?:/.test(response.url()))
      watch.policies.push(response.headers()["content-security-policy"] ?? `none: ${response.url()}`);
  });
  await page.exposeFunction("epmBlocked", (what: string) => watch.blocked.push(what));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const say = (window as unknown as { epmBlocked: (what: string) => void }).epmBlocked;
      say(`${location.pathname}: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  return watch;
}

/** What ran here, and what stands here that could. */
export function harm(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const loaded = "iframe,object,embed,base,script:not([src]),img:not([src]),img[src=''],[srcdoc]";
    const acts = ({ name, value }: Attr) =>
      name.startsWith("on") ||
      (/^(href|src|action|formaction)$/.test(name) && /^\s*javascript:/i.test(value));
    const standing = [...document.querySelectorAll("*")].filter(
      (node) => node.matches(loaded) || [...node.attributes].some(acts),
    );
    const ran = (window as { __xss?: string }).__xss;
    return [...(ran ? [`ran: ${ran}`] : []), ...standing.map((node) => node.outerHTML.slice(0, 200))];
  });
}

/** Opens a page, lets everything come, and finds nothing in it that a text has put there. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator("h1").first().waitFor();
  await settled(page);
  expect(await harm(page), path).toEqual([]);
}
