import { createRoot } from "react-dom/client";

createRoot(document.getElementById("root")).render(
  <button type="button" onClick={() => (document.title = "pressed")}>
    Add a method
  </button>,
);
