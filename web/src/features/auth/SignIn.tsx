import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { send } from "../../api/client";
import { acceptSignIn } from "../../api/session";
import type { SignedIn } from "../../api/types";
import { Button } from "../../components/Button";
import { Field, Input } from "../../components/Field";

export function SignIn() {
  const { t } = useTranslation("auth");
  const router = useRouter();
  const { retour } = useSearch({ from: "/connexion" });
  const [error, setError] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      await acceptSignIn(await send<SignedIn>("POST", "/auth/sign-in", Object.fromEntries(form)));
      router.history.push(retour ?? "/");
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  };
  return (
    <main>
      <h1>{t("title")}</h1>
      <form onSubmit={(event) => void submit(event)}>
        <Field label={t("email")}>
          {(control) => <Input {...control} name="email" type="email" required />}
        </Field>
        <Field label={t("password")} error={error}>
          {(control) => <Input {...control} name="password" type="password" required />}
        </Field>
        <Button type="submit" variant="primary">
          {t("submit")}
        </Button>
      </form>
    </main>
  );
}
