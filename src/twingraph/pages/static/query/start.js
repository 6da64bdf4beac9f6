// Begins the query page, or says why it cannot begin. A classic script, so that it runs from a file.
"use strict";

(() => {
  const here = document.currentScript.src;
  const notice = document.getElementById("query-notice");
  const refuse = (reason) => {
    notice.textContent = `${notice.dataset[reason]} ${notice.dataset.instead}`;
    notice.hidden = false;
  };
  if (location.protocol === "file:") {
    refuse("file");
    return;
  }
  import(new URL("page.js", here).href)
    .then(({ start }) => start())
    .catch((error) => {
      console.error(error);
      refuse("broken");
    });
})();
