import { type FormEvent, useState } from "react";
import { ApiError, send } from "../../api/client";
import type { SignInProvider } from "../../api/types";
import { Async, SkeletonRows } from "../../components/Async";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { Check, Field, Input } from "../../components/Field";
import { FieldPair, messageOf } from "../../components/FormDialog";
import { toast } from "../../components/Toast";
import { useTranslation } from "../../lib/i18n";
import styles from "./Admin.module.css";
import { useChanged, useSignInProvider } from "./queries";

function ProviderForm({ provider }: { provider: SignInProvider }) {
  const { t } = useTranslation("admin");
  const changed = useChanged("sign-in-provider");
  const [passwords, setPasswords] = useState(provider.passwordsAllowed);
  const [second, setSecond] = useState(provider.twoFactorRequired);
  const [failure, setFailure] = useState<unknown>(null);
  const errors = failure instanceof ApiError ? failure.errors : {};
  const errorOf = (field: string) => errors[field]?.[0]?.message;
  const attempt = async (run: () => Promise<void>, said: string) => {
    try {
      await run();
      setFailure(null);
      await changed();
      toast(said, { tone: "good" });
    } catch (error) {
      setFailure(error);
    }
  };
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const text = (name: string) => String(fields.get(name) ?? "").trim();
    const clientSecret = text("clientSecret");
    void attempt(
      () =>
        send("PUT", "/sign-in-provider", {
          issuer: text("issuer"),
          clientId: text("clientId"),
          label: text("label"),
          clientSecret: clientSecret === "" ? null : clientSecret,
          passwordsAllowed: passwords,
          twoFactorRequired: second,
        }),
      t("provider.saved"),
    );
  };
  return (
    <form className={styles.form} onSubmit={save}>
      {failure !== null && (
        <p className={styles.failed} role="alert">
          {messageOf(failure, t("components:error.unreachable"))}
        </p>
      )}
      <FieldPair>
        <Field label={t("provider.issuer")} error={errorOf("issuer")} hint={t("provider.issuerHint")}>
          {(control) => (
            <Input {...control} name="issuer" type="url" required defaultValue={provider.issuer ?? ""} />
          )}
        </Field>
        <Field label={t("provider.name")} error={errorOf("label")} hint={t("provider.nameHint")}>
          {(control) => <Input {...control} name="label" required defaultValue={provider.label ?? ""} />}
        </Field>
        <Field label={t("provider.clientId")} error={errorOf("clientId")}>
          {(control) => (
            <Input {...control} name="clientId" required defaultValue={provider.clientId ?? ""} />
          )}
        </Field>
        <Field
          label={t("provider.secret")}
          error={errorOf("clientSecret")}
          hint={t(provider.issuer ? "provider.secretKept" : "provider.secretHint")}
        >
          {(control) => (
            <Input
              {...control}
              name="clientSecret"
              type="password"
              autoComplete="off"
              required={!provider.issuer}
            />
          )}
        </Field>
      </FieldPair>
      <p className={styles.address}>
        {t("provider.callback", { url: `${location.origin}/api/v1/auth/oidc/callback` })}
      </p>
      <Check
        label={t("provider.passwords")}
        hint={t("provider.passwordsHint")}
        checked={passwords}
        onChange={(event) => setPasswords(event.target.checked)}
      />
      <Check
        label={t("provider.second")}
        hint={t("provider.secondHint")}
        checked={second}
        onChange={(event) => setSecond(event.target.checked)}
      />
      <div className={styles.row}>
        {provider.issuer && (
          <Button
            onClick={() => void attempt(() => send("DELETE", "/sign-in-provider"), t("provider.removed"))}
          >
            {t("provider.remove")}
          </Button>
        )}
        <Button type="submit" variant="primary">
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

/** Single sign-on by OpenID Connect. */
export function ProviderCard() {
  const { t } = useTranslation("admin");
  const query = useSignInProvider();
  return (
    <Card title={t("provider.title")} sentence={t("provider.text")}>
      <Async query={query} skeleton={<SkeletonRows rows={4} />}>
        {(provider) => <ProviderForm key={provider.issuer ?? ""} provider={provider} />}
      </Async>
    </Card>
  );
}
