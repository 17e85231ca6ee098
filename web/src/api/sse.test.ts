import { expect, test } from "vitest";
import { isOver, sseParser } from "./sse";

const STREAM =
  'event: progress\ndata: {"read":1}\n\n: still here\n\nevent: progress\r\ndata: a\r\ndata: b\r\n\r\n';

test("events are the same wherever the network cuts the text", () => {
  for (let cut = 0; cut <= STREAM.length; cut++) {
    const parse = sseParser();
    expect([...parse(STREAM.slice(0, cut)), ...parse(STREAM.slice(cut))]).toEqual([
      { event: "progress", data: '{"read":1}' },
      { event: "progress", data: "a\nb" },
    ]);
  }
});
test("an event that is not finished is not told", () => {
  expect(sseParser()("data: half")).toEqual([]);
});
test("an import is over in three states", () => {
  for (const [state, over] of [
    ["queued", false],
    ["running", false],
    ["completed", true],
    ["failed", true],
    ["cancelled", true],
  ] as const)
    expect(isOver({ state })).toBe(over);
});
