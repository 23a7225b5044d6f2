/*
 * What `mfa-enroll/testing` is: how a test drives the wizard and reads codes. It imports Playwright's types alone.
 */

export { createEnrollmentPage, type EnrollmentPage, type TestChannel, type TestPerson } from "./enrollment-page.ts";
export { keyboardHand, pointerHand, touchHand, type Hand } from "./hand.ts";
export { lastMessageId, readCode, readOutbox, type ReadMessage, type WantedMessage } from "./read-code.ts";
