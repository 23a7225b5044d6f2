import { readSwitch, readText, refuseOthers } from "./management-body.ts";
import type { ManagementCall } from "./management-call.ts";
import { FIELDS, pickFields } from "./management-rows.ts";
import type { Parameters } from "./request-body.ts";
import type { Settings } from "./settings.ts";

const readSettings: ManagementCall = {
  method: "GET",
  path: "/tenants/settings",
  scopes: ["read:tenant_settings"],
  query: FIELDS,
  answer: ({ settings }, { query }) => ({ status: 200, body: pickFields(query, rowOf(settings)) }),
};

const changeSettings: ManagementCall = {
  method: "PATCH",
  path: "/tenants/settings",
  scopes: ["update:tenant_settings"],
  answer({ settings }, { body }) {
    refuseOthers(body, ["friendly_name", "default_directory", "customize_mfa_in_postlogin_action"]);
    const name = readText(body, "friendly_name");
    const directory = readText(body, "default_directory");
    const customize = readSwitch(body, "customize_mfa_in_postlogin_action");
    settings.brand = name ?? settings.brand;
    settings.defaultDirectory = directory ?? settings.defaultDirectory;
    settings.customizeMfaInAction = customize ?? settings.customizeMfaInAction;
    return { status: 200, body: rowOf(settings) };
  },
};

function rowOf({ brand, defaultDirectory, customizeMfaInAction, seconds }: Settings): Parameters {
  return {
    friendly_name: brand,
    default_directory: defaultDirectory,
    default_audience: "",
    enabled_locales: ["en"],
    flags: {},
    session_lifetime: seconds.session / 3600,
    customize_mfa_in_postlogin_action: customizeMfaInAction,
  };
}

/** The calls about the tenant as a whole, as far as enrolling depends on them. */
export const TENANT_SETTINGS: readonly ManagementCall[] = [readSettings, changeSettings];
