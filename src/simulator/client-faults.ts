import { isPublic, MFA_GRANTS, PASSWORD_REALM_GRANT } from "./clients.ts";
import { DATABASE } from "./connections.ts";
import { byPassword, byRedirect, type SetupFault } from "./setup-fault.ts";

function grantMissing(name: string, grant: string, matters?: SetupFault["matters"]): SetupFault {
  return {
    id: `grant-${name}-missing`,
    touches: [`grant ${name}`],
    ...(matters === undefined ? {} : { matters }),
    isThere: ({ client }) => !client.grantTypes.includes(grant),
    plant: ({ client }) => {
      client.grantTypes = client.grantTypes.filter((held) => held !== grant);
    },
  };
}

const callbackMissing: SetupFault = {
  id: "callback-missing",
  touches: ["callbacks"],
  matters: byRedirect,
  isThere: ({ client }) => client.callbacks.length === 0,
  plant: ({ client }) => {
    client.callbacks = [];
  },
};

const authMethodNone: SetupFault = {
  id: "auth-method-none",
  touches: ["authMethod"],
  isThere: ({ client }) => isPublic(client),
  plant: ({ client }) => {
    client.authMethod = "none";
  },
};

const connectionNotEnabled: SetupFault = {
  id: "connection-not-enabled",
  touches: ["connections"],
  isThere: ({ client }) => !client.connections.includes(DATABASE.name),
  plant: ({ client }) => {
    client.connections = client.connections.filter((name) => name !== DATABASE.name);
  },
};

const defaultDirectoryEmpty: SetupFault = {
  id: "default-directory-empty",
  touches: ["defaultDirectory"],
  matters: (wayIn) => byPassword(wayIn) && !wayIn.realm,
  isThere: ({ settings }) => settings.defaultDirectory === "",
  plant: ({ settings }) => {
    settings.defaultDirectory = "";
  },
};

/** Mistakes about the application and how people sign in to it. */
export const CLIENT_FAULTS: readonly SetupFault[] = [
  grantMissing("mfa-otp", MFA_GRANTS.otp),
  grantMissing("mfa-oob", MFA_GRANTS.oob),
  grantMissing("mfa-recovery-code", MFA_GRANTS.recoveryCode),
  grantMissing("authorization-code", "authorization_code", byRedirect),
  grantMissing("password", "password", (wayIn) => byPassword(wayIn) && !wayIn.realm),
  grantMissing("password-realm", PASSWORD_REALM_GRANT, (wayIn) => byPassword(wayIn) && wayIn.realm),
  callbackMissing,
  authMethodNone,
  connectionNotEnabled,
  defaultDirectoryEmpty,
];
