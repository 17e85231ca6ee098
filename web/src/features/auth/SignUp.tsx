import { type FormEvent, useState } from "react";
import { ApiError, type FieldError, send } from "../../api/client";
import type { OpenTenant } from "../../api/types";
import { Button, buttonClass } from "../../components/Button";
import { Field, Input, Select } from "../../components/Field";
import type { Language } from "../../lib/i18n";
import { useTranslation } from "../../lib/i18n";
import { COUNTRIES, CURRENCIES, slugOf, timeZones } from "./countries";
import { Gate } from "./Gate";
import styles from "./Gate.module.css";

const PASSWORD_MIN = 12;

export function SignUp() {
  const { t, language } = useTranslation("auth");
  const [name, setName] = useState("");
  const [slug, setSlug] = useState<string | null>(null);
  const [place, setPlace] = useState({ country: "SN", currency: "XOF", timeZone: "Africa/Dakar" });
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<{ message: string; errors: Record<string, FieldError[]> } | null>(
    null,
  );
  const [opened, setOpened] = useState<{ name: string; url: string } | null>(null);
  const address = slug ?? slugOf(name);
  const countryNames = new Intl.DisplayNames(language, { type: "region" });
  const currencyNames = new Intl.DisplayNames(language, { type: "currency" });
  const errorOf = (field: string) => failure?.errors[field]?.[0]?.message;

  const chooseCountry = (code: string) => {
    const [country, currency, timeZone] = COUNTRIES.find(([candidate]) => candidate === code) ?? COUNTRIES[0];
    setPlace({ country, currency, timeZone });
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (field: string) => String(form.get(field) ?? "");
    const language = text("language") as Language;
    const admin = { name: text("adminName"), email: text("email"), password: text("password") };
    const request: OpenTenant = { ...place, slug: address, name, language, admin };
    setBusy(true);
    try {
      setOpened(await send<{ name: string; url: string }>("POST", "/tenants", request));
    } catch (error) {
      const known = error instanceof ApiError && error.status > 0 ? error : null;
      setFailure({ message: known?.message ?? t("unreachable"), errors: known?.errors ?? {} });
    }
    setBusy(false);
  };

  if (opened)
    return (
      <Gate brand="EPM Retail" title={t("signUp.done", { name: opened.name })} text={t("signUp.doneText")}>
        <p className={styles.open}>
          <a className={buttonClass("primary")} href={opened.url}>
            {t("signUp.open", { url: new URL(opened.url).host })}
          </a>
        </p>
      </Gate>
    );
  return (
    <Gate brand="EPM Retail" title={t("signUp.title")} text={t("signUp.text")} wide>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {failure && (
          <p className={styles.failed} role="alert">
            {failure.message}
          </p>
        )}
        <h2 className={styles.section}>{t("signUp.company")}</h2>
        <div className={styles.pair}>
          <Field label={t("signUp.name")} error={errorOf("name")}>
            {(control) => (
              <Input
                {...control}
                value={name}
                onChange={(event) => setName(event.target.value)}
                required
                autoFocus
              />
            )}
          </Field>
          <Field label={t("signUp.slug")} error={errorOf("slug")} hint={t("signUp.slugHint")}>
            {(control) => (
              <span className={styles.address}>
                <Input
                  {...control}
                  value={address}
                  onChange={(event) => setSlug(event.target.value.toLowerCase())}
                  pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
                  required
                />
                .{location.hostname}
              </span>
            )}
          </Field>
          <Field label={t("signUp.country")} error={errorOf("country")}>
            {(control) => (
              <Select
                {...control}
                value={place.country}
                onChange={(event) => chooseCountry(event.target.value)}
              >
                {COUNTRIES.map(([code]) => (
                  <option key={code} value={code}>
                    {countryNames.of(code)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("signUp.currency")} error={errorOf("currency")}>
            {(control) => (
              <Select
                {...control}
                value={place.currency}
                onChange={(event) => setPlace({ ...place, currency: event.target.value })}
              >
                {CURRENCIES.map((code) => (
                  <option key={code} value={code}>
                    {code} · {currencyNames.of(code)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("signUp.timeZone")} error={errorOf("timeZone")}>
            {(control) => (
              <Select
                {...control}
                value={place.timeZone}
                onChange={(event) => setPlace({ ...place, timeZone: event.target.value })}
              >
                {[...new Set([place.timeZone, ...timeZones()])].map((zone) => (
                  <option key={zone} value={zone}>
                    {zone.replaceAll("_", " ")}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Field label={t("signUp.language")} error={errorOf("language")}>
            {(control) => (
              <Select {...control} name="language" defaultValue={language}>
                <option value="fr">Français</option>
                <option value="en">English</option>
              </Select>
            )}
          </Field>
        </div>
        <h2 className={styles.section}>{t("signUp.admin")}</h2>
        <Field label={t("signUp.adminName")} error={errorOf("admin.name")}>
          {(control) => <Input {...control} name="adminName" autoComplete="name" required />}
        </Field>
        <div className={styles.pair}>
          <Field label={t("email")} error={errorOf("admin.email")}>
            {(control) => <Input {...control} name="email" type="email" autoComplete="username" required />}
          </Field>
          <Field
            label={t("password")}
            error={errorOf("admin.password")}
            hint={t("signUp.passwordHint", { min: PASSWORD_MIN })}
          >
            {(control) => (
              <Input
                {...control}
                name="password"
                type="password"
                autoComplete="new-password"
                minLength={PASSWORD_MIN}
                required
              />
            )}
          </Field>
        </div>
        <Button type="submit" variant="primary" busy={busy}>
          {t("signUp.submit")}
        </Button>
      </form>
    </Gate>
  );
}
