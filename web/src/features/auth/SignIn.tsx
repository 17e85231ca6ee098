import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { ApiError, send } from "../../api/client";
import { expectSession, useSession } from "../../api/session";
import { site } from "../../api/site";
import type { SignedIn } from "../../api/types";
import { Button, buttonClass } from "../../components/Button";
import { Field, Input } from "../../components/Field";
import { useTranslation } from "../../lib/i18n";
import { enter } from "./enter";
import { Gate } from "./Gate";
import styles from "./Gate.module.css";

/** Only ever back into this application: a link must not send someone elsewhere after signing in. */
const safe = (retour: string | undefined): string =>
  retour?.startsWith("/") && !/^\/[/\\]/.test(retour) ? retour : "/";

/** Why the provider's way in did not lead in: told in the address it sent the browser back to. */
function refusalOf(retour: string | undefined): string | null {
  const code = new URLSearchParams(retour?.split("?")[1] ?? "").get("sign-in-error");
  if (!code) return null;
  return (
    {
      not_invited: "singleError.notInvited",
      email_unverified: "singleError.unverified",
      bound_to_another: "singleError.another",
      deactivated: "singleError.deactivated",
      state_invalid: "singleError.late",
      provider_unreachable: "singleError.unreachable",
    }[code] ?? "singleError.other"
  );
}

export function SignIn() {
  const { t } = useTranslation("auth");
  const router = useRouter();
  const { retour } = useSearch({ from: "/connexion" });
  const current = useSession();
  const place = site();
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [second, setSecond] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = Object.fromEntries(new FormData(event.currentTarget));
    setBusy(true);
    try {
      await enter(await send<SignedIn>("POST", "/auth/sign-in", fields));
      router.history.push(safe(retour));
    } catch (error) {
      setBusy(false);
      // The password was right: the same form now asks for the code of the second factor.
      if (error instanceof ApiError && error.code === "second_factor_needed") {
        setSecond(true);
        setFailure(null);
        return;
      }
      setFailure(error instanceof ApiError && error.status > 0 ? error.message : t("unreachable"));
      form.current?.querySelector<HTMLInputElement>("[name=password]")?.select();
    }
  };
  const fill = (email: string, password: string) => {
    const fields = form.current?.elements;
    for (const [name, value] of Object.entries({ email, password })) {
      const field = fields?.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = value;
    }
    form.current?.requestSubmit();
  };

  const refused = refusalOf(retour);
  const single = place.kind === "tenant" ? place.singleSignOn : null;
  const demo = place.kind === "tenant" ? place.demoSignIns : null;
  const ended = current.status === "anonymous" && current.ended;
  return (
    <Gate
      brand={place.kind === "tenant" ? place.name : "EPM Retail"}
      title={t("signIn.title")}
      text={ended ? t("signIn.ended") : t("signIn.text")}
    >
      <form ref={form} className={styles.form} onSubmit={(event) => void submit(event)}>
        {(failure ?? refused) && (
          <p className={styles.failed} role="alert">
            {failure ?? (refused && t(refused))}
          </p>
        )}
        <Field label={t("email")}>
          {(control) => (
            <Input {...control} name="email" type="email" autoComplete="username" required autoFocus />
          )}
        </Field>
        <Field label={t("password")}>
          {(control) => (
            <Input {...control} name="password" type="password" autoComplete="current-password" required />
          )}
        </Field>
        {second && (
          <Field label={t("code.label")} hint={t("code.hint")}>
            {(control) => (
              <Input
                {...control}
                name="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                required
                autoFocus
              />
            )}
          </Field>
        )}
        <Button type="submit" variant="primary" busy={busy}>
          {t("signIn.submit")}
        </Button>
        {single && (
          <a className={buttonClass()} href="/api/v1/auth/oidc/start" onClick={expectSession}>
            {t("single", { label: single.label })}
          </a>
        )}
      </form>
      {demo && demo.length > 0 && (
        <section className={styles.demo}>
          <h2>{t("signIn.demo")}</h2>
          <ul>
            {demo.map((account) => (
              <li key={account.email}>
                <button type="button" disabled={busy} onClick={() => fill(account.email, account.password)}>
                  <b>{t(`app:role.${account.role}`)}</b>
                  <small>{account.email}</small>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Gate>
  );
}
