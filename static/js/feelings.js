// Feelings on a page without the map: edited where they stand.

import "./inplace.js";
