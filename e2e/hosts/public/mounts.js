// Puts an element in and takes it out again, many times, each time until it has drawn a field.
const frame = () => new Promise((done) => setTimeout(done, 5));

async function mountOnce(isLight) {
  const element = document.createElement("mfa-settings");
  element.toggleAttribute("light-dom", isLight);
  document.querySelector("main").append(element);
  while (!(element.shadowRoot ?? element).querySelector("input")) await frame();
  element.remove();
  await frame();
}

window.mountTimes = async (times) => {
  for (let at = 0; at < times; at += 1) await mountOnce(at % 2 === 0);
};

// Says whose elements the page has, where the file was loaded from two addresses.
window.registered = async () => {
  const paths = ["/mfa-enroll/element.js", "/mfa-enroll/element.js?another-copy"];
  const copies = await Promise.all(paths.map((path) => import(path)));
  return copies.map(({ MfaSettingsElement }) => MfaSettingsElement === customElements.get("mfa-settings"));
};
