// On a phone the pages of both sides stand in one row that scrolls; the present one is in sight.

const row = document.querySelector(".side-nav");
const here = row?.querySelector("[aria-current]");
if (here) row.scrollLeft = here.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
