// Pages beside the map, of feelings and of paths: edited where they stand.

import "./dialogs.js";
import "./inplace.js";
import "./outbox.js";
import "./undokeys.js";
