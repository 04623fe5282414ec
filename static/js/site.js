// Comfort only: remember the browser's own time zone, once, so that pages come in the reader's clock.
(function () {
  "use strict";
  var known = /(^|; )zone=/;
  if (known.test(document.cookie) || !document.documentElement.hasAttribute("data-guess-zone")) return;
  try {
    var zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone) return;
    var secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = "zone=" + encodeURIComponent(zone) + ";path=/;max-age=31536000;samesite=lax" + secure;
    if (known.test(document.cookie)) location.reload();
  } catch (error) {
    // An old browser without Intl: the page says in whose clock it is, and how to change that.
  }
})();

// Comfort only: a button that copies an address. Without script it stays hidden, and the address can be selected.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  document.querySelectorAll("[data-copies]").forEach(function (button) {
    var field = document.getElementById(button.getAttribute("data-copies"));
    button.hidden = false;
    button.addEventListener("click", function () {
      field.select();
      // The newer clipboard interface is missing where pages come without encryption.
      if (document.execCommand("copy")) button.nextElementSibling.textContent = button.getAttribute("data-done");
    });
  });
});
