import { type ButtonHTMLAttributes, type ReactNode, useId, useLayoutEffect, useRef, useState } from "react";
import { cx } from "../lib/class";
import styles from "./Overlay.module.css";

interface PopoverProps {
  /** What the button shows; its accessible name unless `buttonProps` names it. */
  trigger: ReactNode;
  label: string;
  children: (close: () => void) => ReactNode;
  align?: "start" | "end";
  className?: string;
  buttonProps?: ButtonHTMLAttributes<HTMLButtonElement>;
}

const EDGE = 8;

/**
 * A panel by its button on the platform's popover: top layer, Escape and outside click come with it.
 * The content is mounted only while open, so that what it loads is asked for only then.
 */
export function Popover({ trigger, label, children, align = "start", className, buttonProps }: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => {
    panel.current?.hidePopover();
    button.current?.focus();
  };

  useLayoutEffect(() => {
    const box = panel.current;
    if (!open || !box || !button.current) return;
    const anchor = button.current;
    const place = () => {
      const from = anchor.getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = box;
      const left = align === "end" ? from.right - width : from.left;
      const below = from.bottom + 4;
      const top = below + height > innerHeight - EDGE ? Math.max(EDGE, from.top - height - 4) : below;
      box.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
      box.style.top = `${below + height > innerHeight - EDGE && from.top < innerHeight / 2 ? below : top}px`;
    };
    // What is inside may still be loading: the first control takes the focus when it is there.
    let entered = false;
    const settle = () => {
      place();
      const first = entered
        ? null
        : box.querySelector<HTMLElement>("[data-autofocus], input, select, a, button");
      first?.focus({ preventScroll: true });
      entered ||= first !== null;
    };
    settle();
    const watcher = new ResizeObserver(settle);
    watcher.observe(box);
    addEventListener("scroll", place, { passive: true });
    return () => {
      watcher.disconnect();
      removeEventListener("scroll", place);
    };
  }, [open, align]);

  return (
    <>
      <button
        type="button"
        {...buttonProps}
        ref={button}
        popoverTarget={id}
        aria-haspopup="dialog"
        aria-expanded={open}
      >
        {trigger}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={cx(styles.popover, className)}
        onToggle={(event) => setOpen(event.newState === "open")}
      >
        {open && children(close)}
      </div>
    </>
  );
}
