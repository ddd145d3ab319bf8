// What was just done and can be taken back comes as a toast: put there after the page has loaded,
// so that it is read out. It stays until it is closed or its button is pressed.

const toasts = document.getElementById("toasts");

for (const message of document.querySelectorAll(".message[data-toast]")) {
  setTimeout(() => {
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.dataset.toast = "";
    toast.append(...[...message.children].filter((each) => !each.matches("svg")));
    toasts.append(toast);
    message.remove();
  }, 150);
}
