import { useState } from "react";
import { send } from "../../api/client";
import { useTranslation } from "../../lib/i18n";
import { Gate } from "./Gate";
import { brand, Gone, secretOf, ToSignIn, useWelcome } from "./link";
import { PasswordForm } from "./PasswordForm";

/** A password anew, by a link that an administrator made. */
export function NewPassword() {
  const { t } = useTranslation("auth");
  const [token] = useState(() => secretOf(location.hash));
  const welcome = useWelcome("/password-links/open", token);
  const [done, setDone] = useState(false);
  if (done)
    return (
      <Gate brand={brand()} title={t("newPassword.done")} text={t("newPassword.doneText")}>
        <ToSignIn />
      </Gate>
    );
  if (welcome === null) return <Gone />;
  if (!welcome) return null;
  const save = async (password: string) => {
    await send("POST", "/password-links/use", { token, password });
    setDone(true);
  };
  return (
    <Gate
      brand={brand()}
      title={t("newPassword.title")}
      text={t("newPassword.text", { email: welcome.email })}
    >
      <PasswordForm email={welcome.email} submit={t("newPassword.submit")} onSubmit={save} />
    </Gate>
  );
}
