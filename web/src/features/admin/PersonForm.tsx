import { useState } from "react";
import { send } from "../../api/client";
import type { InvitationLink, Member, Role, Scope } from "../../api/types";
import { Check, Field, Input, Select } from "../../components/Field";
import { FieldPair, FormDialog } from "../../components/FormDialog";
import { toast } from "../../components/Toast";
import { useTranslation } from "../../lib/i18n";
import { useChanged } from "./queries";
import { ScopeFields } from "./ScopeFields";
import { EVERYTHING, ROLES } from "./words";

interface PersonFormProps {
  /** Null to invite somebody. */
  member: Member | null;
  onInvited: (link: InvitationLink, name: string) => void;
  onClose: () => void;
}

/** Invites a person, or changes what one may do and see. */
export function PersonForm({ member, onInvited, onClose }: PersonFormProps) {
  const { t, language } = useTranslation("admin");
  const changed = useChanged("users", "invitations");
  const [scope, setScope] = useState<Scope>(member?.scope ?? EVERYTHING);
  const [active, setActive] = useState(member?.active ?? true);

  const save = async (fields: Record<string, string>) => {
    const { name = "", email, role, language: speaks } = fields;
    const body = { name, role, language: speaks, scope };
    if (member) {
      await send("PUT", `/users/${member.id}`, { ...body, active });
      toast(t("person.saved", { name }), { tone: "good" });
    } else onInvited(await send<InvitationLink>("POST", "/invitations", { ...body, email }), name);
    await changed();
  };

  return (
    <FormDialog
      title={member ? t("person.edit", { name: member.name }) : t("invite.title")}
      submit={t(member ? "save" : "invite.submit")}
      onSubmit={save}
      onClose={onClose}
      wide
    >
      {(errorOf) => (
        <>
          <FieldPair>
            <Field label={t("column.name")} error={errorOf("name")}>
              {(control) => (
                <Input {...control} name="name" required autoFocus defaultValue={member?.name ?? ""} />
              )}
            </Field>
            <Field label={t("column.email")} error={errorOf("email")}>
              {(control) => (
                <Input
                  {...control}
                  name="email"
                  type="email"
                  required
                  disabled={member !== null}
                  defaultValue={member?.email ?? ""}
                />
              )}
            </Field>
            <Field label={t("column.role")} error={errorOf("role")} hint={t("person.roleHint")}>
              {(control) => (
                <Select
                  {...control}
                  name="role"
                  defaultValue={member?.role ?? ("store-manager" satisfies Role)}
                >
                  {ROLES.map((role) => (
                    <option key={role} value={role}>
                      {t(`app:role.${role}`)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={t("person.language")} error={errorOf("language")}>
              {(control) => (
                <Select {...control} name="language" defaultValue={member?.language ?? language}>
                  <option value="fr">Français</option>
                  <option value="en">English</option>
                </Select>
              )}
            </Field>
          </FieldPair>
          <ScopeFields scope={scope} onChange={setScope} errorOf={errorOf} />
          {member && (
            <Check
              label={t("person.active")}
              hint={t("person.activeHint")}
              checked={active}
              onChange={(event) => setActive(event.target.checked)}
            />
          )}
        </>
      )}
    </FormDialog>
  );
}
