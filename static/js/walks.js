// Walks side by side: asked for again when an answer arrives.

import { askAgain } from "./asked.js";
import "./inplace.js";
import "./outbox.js";
import "./sidenav.js";
import "./undokeys.js";
import "./walkbox.js";

askAgain("walks-compared");
