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
