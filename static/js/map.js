// The map editor: puts its parts together and adds what belongs to the whole map.

import "./copy.js";
import "./curve.js";
import "./clipboard.js";
import "./dialogs.js";
import "./drafts.js";
import "./guessing.js";
import "./inplace.js";
import "./itemmenu.js";
import "./narrowing.js";
import "./search.js";
import "./marks.js";
import "./people.js";
import "./places.js";
import "./reveal.js";
import "./paths.js";
import "./pictures.js";
import "./press.js";
import "./outbox.js";
import "./reshape.js";
import "./selection.js";
import "./shelf.js";
import "./sorting.js";
import "./voices.js";
import "./stages.js";
import "./undokeys.js";
import "./views.js";
