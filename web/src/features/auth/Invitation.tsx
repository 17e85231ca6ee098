import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { send } from "../../api/client";
import type { SignedIn } from "../../api/types";
import { useTranslation } from "../../lib/i18n";
import { enter } from "./enter";
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
    await enter(await send<SignedIn>("POST", "/invitations/accept", { token, password }));
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
