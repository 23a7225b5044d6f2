import { useEffect, useState } from "react";
import { useMessages } from "../messages/messages.ts";
import { browserDevices, type RecoveryDevices } from "../recovery-devices.ts";
import { Button } from "./button.tsx";
import { Notice } from "./notice.tsx";
import { groupsOf } from "./recovery-code.tsx";
import { useSay } from "./saying.tsx";

/** Describes what is saved and where it belongs. */
export type RecoveryWaysProps = {
  readonly codes: readonly string[];
  readonly siteName: string;
  readonly accountName: string | null;
  /** Reads the server's clock when the sheet is made. */
  readonly madeAt: () => number;
  readonly devices?: RecoveryDevices | undefined;
};

/** Renders the ways to save a recovery code: copy, text file, paper, share. One that is denied says so and names another. */
export function RecoveryWays({ codes, siteName, accountName, madeAt, devices: given }: RecoveryWaysProps) {
  const messages = useMessages();
  const { t, date } = messages;
  const say = useSay();
  const [devices, setDevices] = useState<RecoveryDevices | null>(given ?? null);
  const [told, setTold] = useState<{ readonly text: string; readonly good: boolean } | null>(null);
  useEffect(() => setDevices(given ?? browserDevices()), [given]);
  useEffect(() => () => devices?.forget?.(), [devices]);

  const tell = (good: boolean, text: string) => {
    setTold({ text, good });
    say(text);
  };
  const plain = codes.join("\n");
  const sheet = () => [
    t("recovery.sheet.title", { site: siteName }),
    ...codes.map((code) => groupsOf(code).join(" ")),
    ...(accountName === null || !saysSomething(accountName)
      ? []
      : [t("recovery.sheet.account", { account: accountName })]),
    t("recovery.sheet.date", { date: date(madeAt()) }),
    t("recovery.sheet.note"),
  ];
  const share = devices?.share ?? null;
  return (
    <>
      <div className="mfa-ways">
        <Button
          onPress={() => {
            setTold(null);
            void devices?.copy(plain).then((done) => tell(done, t(done ? "recovery.copied" : "recovery.copy.denied")));
          }}
        >
          {t("recovery.copy")}
        </Button>
        <Button
          onPress={() => {
            const done = devices?.download(t("recovery.file"), `${sheet().join("\n")}\n`) ?? false;
            tell(done, t(done ? "recovery.downloaded" : "recovery.download.denied"));
          }}
        >
          {t("recovery.download")}
        </Button>
        <Button
          onPress={() => {
            setTold(null);
            if (devices?.print(sheet(), messages) !== true) tell(false, t("recovery.print.denied"));
          }}
        >
          {t("recovery.print")}
        </Button>
        {share === null ? null : (
          <Button
            onPress={() => {
              setTold(null);
              void share(sheet().join("\n")).then((done) => {
                if (!done) tell(false, t("recovery.share.denied"));
              });
            }}
          >
            {t("recovery.share")}
          </Button>
        )}
      </div>
      {told === null ? null : <Notice tone={told.good ? "good" : "warning"}>{told.text}</Notice>}
    </>
  );
}

/** A mask that leaves single letters, as of a name in words, would tell nobody whose account it is. */
function saysSomething(name: string): boolean {
  return /[^\s•]{2}/u.test(name);
}
