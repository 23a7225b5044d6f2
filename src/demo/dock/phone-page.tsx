import { showAlone } from "./alone.tsx";
import { PretendPhone } from "./pretend-phone.tsx";

const openedAt = Date.now();
showAlone("phone", (messages) => <PretendPhone messages={messages} openedAt={openedAt} />);
