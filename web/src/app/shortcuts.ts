import { useEffect, useRef } from "react";

interface Actions {
  goTo: (key: string) => void;
  search: () => void;
  sheet: () => void;
}

const writing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName));

const CHORD_MS = 1200;

export function useShortcuts(actions: Actions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    let pressedG = 0;
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        latest.current.search();
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
      if (document.querySelector("dialog[open]")) return;
      if (Date.now() - pressedG < CHORD_MS) {
        pressedG = 0;
        latest.current.goTo(event.key);
      } else if (event.key === "g") pressedG = Date.now();
      else if (event.key === "/") {
        event.preventDefault();
        latest.current.search();
      } else if (event.key === "?") latest.current.sheet();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}
