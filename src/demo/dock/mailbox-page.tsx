import { showAlone } from "./alone.tsx";
import { Mailbox } from "./mailbox.tsx";

showAlone("mailbox", (messages) => <Mailbox messages={messages} />);
