import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client";
import { acceptSignIn, session } from "../../api/session";
import type { SignedIn } from "../../api/types";
import { setFormat } from "../../lib/format";
import { switchLanguage, useTranslation } from "../../lib/i18n";
import { Gate } from "./Gate";
import { brand, Gone, secretOf, useWelcome } from "./link";
import { PasswordForm } from "./PasswordForm";

/** Whoever was invited chooses a password, and is in. */
export function Invitation() {
  const { t } = useTranslation("auth");
  const router = useRouter();
  const [token] = useState(() => secretOf(location.hash));
  const welcome = useWelcome("/invitations/open", token);
  if (welcome === null) return <Gone />;
  if (!welcome) return null;
  const accept = async (password: string) => {
    await acceptSignIn(await send<SignedIn>("POST", "/invitations/accept", { token, password }));
    const entered = session();
    if (entered.status === "signed-in") {
      const { currency, currencyDecimals, timeZone } = entered.tenant;
      setFormat({ currency, decimals: currencyDecimals, timeZone });
      await switchLanguage(entered.user.language);
    }
    await router.navigate({ to: "/", replace: true });
  };
  return (
    <Gate
      brand={brand()}
      title={t("invitation.title", { name: welcome.name })}
      text={t("invitation.text", { chain: welcome.chain, email: welcome.email })}
    >
      <PasswordForm email={welcome.email} submit={t("invitation.submit")} onSubmit={accept} />
    </Gate>
  );
}
