// Comfort only: who changes the language of a page finds in its form what they typed. It is kept in this tab alone, and
// no longer than until the next page.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var name = "typed", bar = document.querySelector(".languages"), kept = taken();
  var form = bar && document.querySelector("main form[method=post]");
  if (!form) return;
  if (kept && kept.page === page()) restore();
  bar.addEventListener("click", function () { keep({page: page(), fields: fields().map(state), rounds: 0}); });

  // Without the language, in which the addresses of one page differ.
  function page() { return bar.querySelector("[hreflang=en]").pathname; }

  function fields() {
    return [].filter.call(form.elements, function (field) {
      return field.name && /^(text|email|textarea|select-one|checkbox|radio)$/.test(field.type);
    });
  }

  function state(field) {
    return {name: field.name, value: field.value, checked: field.checked, isTicked: isTicked(field)};
  }

  function isTicked(field) { return /^(checkbox|radio)$/.test(field.type); }

  function restore() {
    var missing = kept.fields.filter(function (was) {
      // Mails go on in the language of the page, unless another one was chosen for them.
      if (was.name === "language" && was.value === kept.language) return false;
      return !fields().some(function (field) { return fill(field, was); }) && was.value && !was.isTicked;
    });
    var more = form.querySelector("button[name=add_lines]");
    if (!missing.length || !more || kept.rounds > 5) return;
    keep({page: kept.page, fields: kept.fields, rounds: kept.rounds + 1, language: kept.language});
    more.click();
  }

  function fill(field, was) {
    if (field.name !== was.name || (was.isTicked && field.value !== was.value)) return false;
    if (was.isTicked) field.checked = was.checked;
    else field.value = was.value;
    return true;
  }

  function keep(what) {
    if (!what.language) what.language = document.documentElement.lang;
    // Refused where a browser keeps nothing for a site.
    try { sessionStorage.setItem(name, JSON.stringify(what)); } catch (error) { return; }
  }

  function taken() {
    try {
      var text = sessionStorage.getItem(name);
      sessionStorage.removeItem(name);
      return text && JSON.parse(text);
    } catch (error) { return null; }
  }
});
