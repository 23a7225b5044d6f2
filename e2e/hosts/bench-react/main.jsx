import { useState } from "react";
import { createRoot } from "react-dom/client";

// The least that stands for the wizard's first step: a button that leads to the next screen.
function Page() {
  const [isPressed, setIsPressed] = useState(false);
  if (isPressed) return <h2>How should we send codes?</h2>;
  return (
    <button type="button" onClick={() => setIsPressed(true)}>
      Add a method
    </button>
  );
}

createRoot(document.getElementById("root")).render(<Page />);
