/** A text field of a page. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: "text" | "password" | "email" | "tel";
  readonly autocomplete: string;
  readonly numeric?: boolean;
  readonly value?: string;
}

/** A button that sends the form; the first one also answers the Enter key. */
export interface Button {
  /** What the form sends as `action`. */
  readonly action: string;
  readonly label: string;
  /** A side way, which does not ask for the fields to be filled. */
  readonly quiet?: boolean;
}

/** One page of the tenant: a heading, sentences, and at most one form. */
export interface Page {
  readonly title: string;
  readonly sentences?: readonly string[];
  /** Why the last try was refused. */
  readonly refused?: string | undefined;
  /** Something to keep, set apart. */
  readonly keep?: string;
  readonly form?: {
    readonly path: string;
    readonly visit: string;
    readonly fields?: readonly Field[];
    readonly buttons: readonly Button[];
  };
}

/** Renders a page without script. Everything it is given is escaped. */
export function renderPage(page: Page, status = 200, headers: Readonly<Record<string, string>> = {}): Response {
  const { title, sentences = [], refused, keep, form } = page;
  const body = [
    `<h1>${escape(title)}</h1>`,
    ...(refused === undefined ? [] : [`<p class="refused" role="alert" id="refused">${escape(refused)}</p>`]),
    ...sentences.map((sentence) => `<p>${escape(sentence)}</p>`),
    ...(keep === undefined ? [] : [`<code>${escape(keep)}</code>`]),
    ...(form === undefined ? [] : [renderForm(form, refused !== undefined)]),
  ].join("\n");
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="/u/style.css">
<link rel="icon" href="data:,">
</head>
<body><main>
${body}
</main></body>
</html>
`;
  return new Response(html, { status, headers: { ...PAGE_HEADERS, ...headers } });
}

const PAGE_HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  // No form-action: browsers apply it to the redirect after the form as well, and that leads to the application.
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function renderForm(form: NonNullable<Page["form"]>, refused: boolean): string {
  const fields = (form.fields ?? []).map(({ name, label, type, autocomplete, numeric, value }, index) => {
    const id = `field-${name}`;
    const more = [
      ...(numeric === true ? ['inputmode="numeric"'] : []),
      ...(value === undefined ? [] : [`value="${escape(value)}"`]),
      ...(refused ? ['aria-describedby="refused"', 'aria-invalid="true"'] : []),
      ...(index === 0 ? ["autofocus"] : []),
    ].join(" ");
    return `<label for="${id}">${escape(label)}</label>
<input id="${id}" name="${name}" type="${type}" autocomplete="${autocomplete}" required ${more}>`;
  });
  const buttons = form.buttons.map(({ action, label, quiet }) => {
    const side = quiet === true ? ' class="quiet" formnovalidate' : "";
    return `<button name="action" value="${escape(action)}"${side}>${escape(label)}</button>`;
  });
  return `<form method="post" action="${escape(form.path)}">
<input type="hidden" name="state" value="${escape(form.visit)}">
${[...fields, ...buttons].join("\n")}
</form>`;
}

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
