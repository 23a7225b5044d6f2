// What is imported here is wanted for what it does.
import "mfa-enroll/element";
import "mfa-enroll/wizard.css";
