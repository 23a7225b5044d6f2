/**
 * Runs in a page before anything of the page does, and is handed over as text: everything it needs is in it. A control
 * is `{ selector, text }`, found in shadow roots too. It can be used once it is seen and takes a press: it is in a
 * frame that is painted, enabled, and somebody listens at it or around it; a field takes a key and keeps it. The visit
 * begins at once: when the controls of `first` can be used, each of `steps` is `{ name, press, next }`, pressed the
 * moment it can be.
 */
export function installProbe({ first, steps, atMostMs }) {
  const HEARD = ["click", "submit", "change"];
  const heard = new WeakMap();
  const { addEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, ...rest) {
    const target = this ?? window;
    if (HEARD.includes(type) && !heard.has(target)) heard.set(target, performance.now());
    return addEventListener.call(target, type, ...rest);
  };
  const paints = { largest: Number.NaN };
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) paints.largest = startTime;
  }).observe({ type: "largest-contentful-paint", buffered: true });

  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  /** What runs after a frame's own callbacks runs after it was painted. */
  const painted = () => new Promise((resolve) => setTimeout(resolve));

  function find(wanted, tree = document) {
    for (const one of tree.querySelectorAll(`${wanted.selector}, mfa-settings`)) {
      const inside = one.shadowRoot && find(wanted, one.shadowRoot);
      if (inside) return inside;
      if (!one.matches(wanted.selector)) continue;
      if (wanted.text === undefined || (one.closest("label") ?? one).textContent.trim() === wanted.text) return one;
    }
    return null;
  }

  const isField = (one) => one.localName === "input" && !["radio", "checkbox"].includes(one.type);
  const isThere = (one) =>
    one !== null &&
    !one.disabled &&
    !one.readOnly &&
    one.ariaDisabled !== "true" &&
    one.checkVisibility({ visibilityProperty: true });

  /** When somebody first listened at a control or around it; a heading waits for nobody, and a field for a key. */
  function heardAt(control) {
    if (isField(control) || /^h\d$/.test(control.localName)) return 0;
    const around = [window];
    for (let one = control; one; one = one.parentNode ?? one.host) around.push(one);
    return Math.min(...around.map((one) => heard.get(one) ?? Number.POSITIVE_INFINITY));
  }

  /** Types a key and tells whether it stays: a page that takes a field over may forget it. */
  async function takesKey(wanted) {
    const field = find(wanted);
    const before = field.value;
    field.focus();
    document.execCommand("insertText", false, "2");
    if (field.value === before) return false;
    await frame();
    await frame();
    return find(wanted)?.value !== before;
  }

  /** Resolves to the moment, in ms since the visit began, from which all of some controls can be used. */
  async function usable(wanted) {
    const until = performance.now() + atMostMs;
    let seenAt = null;
    for (;;) {
      await frame();
      const now = performance.now();
      const found = wanted.map((one) => find(one));
      if (found.every(isThere)) {
        seenAt ??= now;
        const at = Math.max(seenAt, ...found.map(heardAt));
        const tried = Number.isFinite(at) ? wanted.filter((_, index) => isField(found[index])) : [];
        let takesAll = true;
        for (const field of tried) takesAll &&= await takesKey(field);
        if (!takesAll) seenAt = null;
        else if (Number.isFinite(at)) return painted().then(() => at);
      } else seenAt = null;
      if (now > until) throw new Error(`Not to be used in time: ${JSON.stringify(wanted)}`);
    }
  }

  /**
   * Presses some controls one after the other, or enters `text` into the first. Resolves to when the next can be used,
   * and to how long after the last press that is.
   */
  async function step({ press, text, next }) {
    let at;
    for (const wanted of press) {
      // Nobody presses two within one turn of the page.
      await new Promise((resolve) => setTimeout(resolve));
      const control = find(wanted);
      at = performance.now();
      if (text === undefined) control.click();
      else {
        control.focus();
        control.select();
        document.execCommand("insertText", false, text);
      }
    }
    const usableAt = await usable(next);
    return { took: usableAt - at, usableAt };
  }

  /** When the first words and the largest were painted, of what is there now. */
  async function paint() {
    for (let looks = 0; looks < 100; looks += 1) {
      const [entry] = performance.getEntriesByName("first-contentful-paint");
      // What is told of the largest comes a little later than what is told of the first.
      if (entry && !Number.isNaN(paints.largest)) return { fcp: entry.startTime, lcp: paints.largest };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error("Nothing was painted.");
  }

  async function visit() {
    const usableAt = await usable(first);
    const screens = {};
    for (const one of steps) screens[one.name] = await step(one);
    return { usableAt, screens };
  }

  const visited = visit();
  // Whoever asks for it is told; until then it is nobody's failure.
  visited.catch(() => {});
  window.probe = { visited, usable, step, paint };
}
