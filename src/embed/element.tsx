import type { ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import type { SessionView } from "../contract/session-view.ts";
import { adopt } from "../ui/look.ts";
import { adoptLook } from "./look.ts";
import { MfaEnrollment, type MfaOptions, MfaSettings } from "./react.tsx";

/*
 * What `mfa-enroll/element` is: both components as custom elements. An element knows its attributes, its `options` and where it stands;
 * what is in it is React's. Nothing is shared between two of them.
 */

/** Each says what the option of the same name does. The last two are off where their value is `false`, and on without one. */
const ATTRIBUTES = [
  "base-url",
  "locale",
  "default-region",
  "default-email",
  "site-name",
  "account-name",
  "return-to",
  "hides-recovery-code",
  "asks-recovery-code-back",
] as const;

/** In Node there are no elements, and to import this file there does nothing. */
const Base: typeof HTMLElement =
  globalThis.HTMLElement ??
  class NoElement {
    readonly isConnected = false;
  };

/** The element's own box; a page that styles it wins. */
const BOX = ":host { display: block } :host([hidden]) { display: none }";

/**
 * What `data-theme` means, said in the tree where the element stands: no selector within a shadow root sees what is above it,
 * and `color-scheme` is inherited into one. In the order of the look's own rules.
 */
const BOTH = ":is(mfa-settings, mfa-enrollment)";
const THEME = `
  :where(${BOTH}[data-theme="light"], [data-theme="light"] ${BOTH}) { color-scheme: light }
  :where(${BOTH}[data-theme="dark"], [data-theme="dark"] ${BOTH}) { color-scheme: dark }
`;

/** What both elements are; `guest` is what is in it. */
export abstract class MfaElement extends Base {
  static readonly observedAttributes: readonly string[] = [...ATTRIBUTES, "lang"];
  protected abstract readonly guest: (options: MfaOptions) => ReactNode;
  #root: Root | null = null;
  #options: MfaOptions = {};
  /** The session that the last root began with; what has become of it is for the next one to read. */
  #spent: SessionView | undefined;

  /** All options of the React component; where an attribute says one of them, the attribute counts. */
  get options(): MfaOptions {
    return this.#options;
  }
  set options(options: MfaOptions) {
    this.#options = options;
    this.#draw();
  }

  connectedCallback(): void {
    this.#takeEarlyOptions();
    this.#root ??= this.#open();
    this.#dress();
    this.#draw();
  }

  disconnectedCallback(): void {
    // A move takes an element out and puts it in again at once; whoever is in the midst of a code stays where they are.
    setTimeout(() => {
      if (this.isConnected) return;
      this.#root?.unmount();
      this.#root = null;
      this.#spent = this.#options.initialView;
    });
  }

  attributeChangedCallback(): void {
    this.#draw();
  }

  /** A page may set the options before its element is one: they then hide the accessor. */
  #takeEarlyOptions(): void {
    if (!Object.hasOwn(this, "options")) return;
    const early = this.options;
    Reflect.deleteProperty(this, "options");
    this.options = early;
  }

  /** Password managers of today do not look into shadow roots: `light-dom` leaves them the fields, and the page's styles too. */
  #open(): Root {
    // An element that was in a shadow root once shows nothing else any more.
    const isLight = this.hasAttribute("light-dom") && this.shadowRoot === null;
    const tree = isLight ? this : (this.shadowRoot ?? this.attachShadow({ mode: "open", delegatesFocus: true }));
    const place = document.createElement("div");
    tree.replaceChildren(place);
    return createRoot(place);
  }

  /** Whenever it is put in: a move to another tree leaves the old one's sheets behind. */
  #dress(): void {
    const { shadowRoot } = this;
    if (shadowRoot !== null) {
      adopt(shadowRoot, BOX);
      adopt(this.getRootNode(), THEME);
    }
    adoptLook(shadowRoot ?? this.getRootNode());
  }

  #draw(): void {
    const Guest = this.guest;
    this.#root?.render(<Guest {...this.#given()} />);
  }

  #given(): MfaOptions {
    const own = this.#options;
    return {
      ...own,
      initialView: own.initialView === this.#spent ? undefined : own.initialView,
      baseUrl: this.#text("base-url") ?? own.baseUrl,
      locale: this.#text("locale") ?? own.locale ?? this.closest<HTMLElement>("[lang]")?.lang,
      defaultRegion: this.#text("default-region") ?? own.defaultRegion,
      defaultEmail: this.#text("default-email") ?? own.defaultEmail,
      siteName: this.#text("site-name") ?? own.siteName,
      accountName: this.#text("account-name") ?? own.accountName,
      returnTo: this.#text("return-to") ?? own.returnTo,
      hidesRecoveryCode: this.#flag("hides-recovery-code") ?? own.hidesRecoveryCode,
      asksRecoveryCodeBack: this.#flag("asks-recovery-code-back") ?? own.asksRecoveryCodeBack,
      onEnrolled: this.#teller("mfa-enrolled", own.onEnrolled),
      onRemoved: this.#teller("mfa-removed", own.onRemoved),
      onStopped: this.#teller("mfa-stopped", own.onStopped),
      onClose: this.#teller("mfa-close", own.onClose),
    };
  }

  #text(name: (typeof ATTRIBUTES)[number]): string | undefined {
    return this.getAttribute(name) ?? undefined;
  }

  #flag(name: (typeof ATTRIBUTES)[number]): boolean | undefined {
    const value = this.#text(name);
    return value === undefined ? undefined : value !== "false";
  }

  /** Tells the host by its option, and by an event whose detail is what the option is given. */
  #teller<News extends unknown[]>(name: string, own: ((...news: News) => void) | undefined): (...news: News) => void {
    return (...news) => {
      own?.(...news);
      this.dispatchEvent(new CustomEvent(name, { detail: news[0] ?? null, bubbles: true, composed: true }));
    };
  }
}

/** The settings panel "Sign-in methods", with the wizard opening in its place: `<mfa-settings>`. */
export class MfaSettingsElement extends MfaElement {
  protected readonly guest = MfaSettings;
}

/** The wizard alone: `<mfa-enrollment>`. */
export class MfaEnrollmentElement extends MfaElement {
  protected readonly guest = MfaEnrollment;
}

declare global {
  interface HTMLElementTagNameMap {
    "mfa-settings": MfaSettingsElement;
    "mfa-enrollment": MfaEnrollmentElement;
  }
}

/** Registers both elements. A page that loads this twice keeps the first. */
export function defineElements(registry: CustomElementRegistry = customElements): void {
  if (!registry.get("mfa-settings")) registry.define("mfa-settings", MfaSettingsElement);
  if (!registry.get("mfa-enrollment")) registry.define("mfa-enrollment", MfaEnrollmentElement);
}
