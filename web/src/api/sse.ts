import { request } from "./client";

export interface ServerEvent {
  event: string;
  data: string;
}

/** Takes text as it arrives, cut anywhere, and gives the events that are complete. */
export function sseParser(): (text: string) => ServerEvent[] {
  let rest = "";
  return (text) => {
    rest += text;
    // A return at the very end may be the first half of a line end.
    const held = rest.endsWith("\r") ? "\r" : "";
    const blocks = (held ? rest.slice(0, -1) : rest).replace(/\r\n?/g, "\n").split("\n\n");
    rest = (blocks.pop() ?? "") + held;
    return blocks.flatMap((block) => {
      const event = { event: "message", data: [] as string[] };
      for (const line of block.split("\n")) {
        const colon = line.indexOf(":");
        const field = colon < 0 ? line : line.slice(0, colon);
        const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
        if (field === "event") event.event = value;
        else if (field === "data") event.data.push(value);
      }
      return event.data.length ? [{ event: event.event, data: event.data.join("\n") }] : [];
    });
  };
}

/** Work that is followed ends in one of these. */
export interface Work {
  state: string;
}

export const isOver = (value: Work): boolean =>
  value.state === "completed" || value.state === "failed" || value.state === "cancelled";

const PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 15_000;

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Tells every step of some work until it is over; a broken line is taken up again, more patiently each time. */
export async function follow<Step extends Work>(
  path: string,
  signal: AbortSignal,
  tell: (step: Step) => void,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const response = await request(path, { signal });
      const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
      const parse = sseParser();
      for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read())
        for (const event of parse(chunk.value)) {
          const step = JSON.parse(event.data) as Step;
          failures = 0;
          tell(step);
          if (isOver(step)) return;
        }
    } catch {
      if (signal.aborted) return;
    }
    failures += 1;
    await pause(Math.min(LONGEST_PAUSE_MS, PAUSE_MS * 2 ** (failures - 1)), signal);
  }
}
