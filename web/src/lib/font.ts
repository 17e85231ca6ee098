let asked = false;

/** The text stands in the system face first; the 48 KB of Inter wait until the network is idle. */
export function loadFont(): void {
  if (asked) return;
  asked = true;
  const load = () => void import("../styles/font.css");
  if ("requestIdleCallback" in window) requestIdleCallback(load, { timeout: 3000 });
  else setTimeout(load, 500);
}
