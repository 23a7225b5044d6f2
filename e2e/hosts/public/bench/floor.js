// The least that stands for the wizard's first step: a button that leads to the next screen.
const button = document.querySelector("button");
button.addEventListener("click", () => {
  const next = document.createElement("h2");
  next.textContent = "How should we send codes?";
  document.querySelector("section").replaceChildren(next);
});
button.disabled = false;
