// Of what is imported here a bundler keeps nothing.
import { useEnrollment } from "mfa-enroll/headless";
import { MfaEnrollment, MfaSettings } from "mfa-enroll/react";
