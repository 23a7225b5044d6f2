import "mfa-enroll/element";
import { createApp, h, ref } from "vue";

window.heard = [];
const hear = ({ type, detail }) => window.heard.push(detail === null ? [type] : [type, detail]);

createApp({
  setup() {
    const added = ref("nothing yet");
    const onMfaEnrolled = (event) => {
      hear(event);
      added.value = event.detail.channel;
    };
    // What is told is drawn anew around the element, which stays where it is; an object goes in as a property.
    return () => [
      h("p", `Added: ${added.value}`),
      h("mfa-settings", { options: { siteName: "Larkmoor Savings" }, onMfaEnrolled, onMfaClose: hear }),
    ];
  },
}).mount("#app");
