// Nothing is asked of the site that has the recording before somebody presses the button.
(function () {
  "use strict";
  document.querySelectorAll("[data-player]").forEach(function (box) {
    box.hidden = false;
    box.querySelector("button").addEventListener("click", function () {
      var frame = document.createElement("iframe");
      frame.src = box.getAttribute("data-player");
      frame.title = box.getAttribute("data-title");
      frame.allow = "autoplay; fullscreen; picture-in-picture";
      // Some players show nothing without knowing on which site they are; the page is not told.
      frame.referrerPolicy = "strict-origin";
      frame.addEventListener("load", function () { frame.focus(); });
      box.replaceChildren(frame);
      frame.focus();
    });
  });
})();
