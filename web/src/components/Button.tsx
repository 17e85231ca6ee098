import type { ButtonHTMLAttributes } from "react";
import { cx } from "../lib/class";
import styles from "./Button.module.css";
import { Icon, type IconName } from "./Icon";

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary per view; `quiet` has no border; `danger` for what cannot be undone. */
  variant?: "primary" | "default" | "quiet" | "danger";
  size?: "small" | "medium";
  icon?: IconName;
  busy?: boolean;
}

/** The classes, for a Link that has to look like a button. */
export function buttonClass(
  variant: ButtonProps["variant"] = "default",
  size: ButtonProps["size"] = "medium",
) {
  return cx(styles.button, styles[variant], styles[size]);
}

export function Button({ variant, size, icon, busy, children, className, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={cx(buttonClass(variant, size), !children && styles.only, className)}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}
