/** A little slower than talk, as announcements of digits are. */
const RATE = 0.85;

/** Reads a text aloud where the browser has a voice, and says nothing where it has none. Returns how to stop. */
export function readAloud(text: string): () => void {
  if (!("speechSynthesis" in window)) return () => undefined;
  const speech = new SpeechSynthesisUtterance(text);
  speech.rate = RATE;
  speech.lang = "en";
  window.speechSynthesis.cancel();
  window.speechSynthesis.speak(speech);
  return () => window.speechSynthesis.cancel();
}
