// The workshop's board: puts its parts together.

import "./actions.js";
import "./arriving.js";
import "./copy.js";
import "./dialogs.js";
import "./drafts.js";
import "./inplace.js";
import "./itemmenu.js";
import "./marks.js";
import "./people.js";
import "./places.js";
import "./reveal.js";
import "./outbox.js";
import "./sorting.js";
import "./timer.js";
import "./yourpart.js";
