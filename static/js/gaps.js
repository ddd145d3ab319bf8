// The gap analysis: asked for again, narrowed as it is, when something that it counts has changed.

import { askAgain } from "./asked.js";
import "./dialogs.js";
import "./drafts.js";
import "./inplace.js";
import "./outbox.js";
import "./sidenav.js";
import "./undokeys.js";

askAgain("gaps");
document.querySelector("[data-gap-filters]")?.addEventListener("change", (event) => event.currentTarget.requestSubmit());
