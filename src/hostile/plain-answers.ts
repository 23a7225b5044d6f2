/** What is answered in plain words, or without any, where no door was reached: the same to everybody, whatever was sent. */
export const PLAIN_ANSWERS: ReadonlySet<string> = new Set([
  "",
  "0",
  "There is nothing here.",
  "The request could not be read.",
  "The request took too long.",
  "Your browser sent more than this site reads. Please load the page again.",
]);
