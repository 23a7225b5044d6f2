/** Where people's passwords or identities come from. */
export interface Connection {
  readonly id: string;
  readonly name: string;
  readonly strategy: string;
}

/** The one connection that knows passwords: the users of the tenant. */
export const DATABASE: Connection = {
  id: "con_Mf4EnrollDatabas",
  name: "Username-Password-Authentication",
  strategy: "auth0",
};

/** Every connection. The second one is there to be told from the first: nobody can sign in with it. */
export const CONNECTIONS: readonly Connection[] = [
  DATABASE,
  { id: "con_Mf4EnrollGoogles", name: "google-oauth2", strategy: "google-oauth2" },
];
