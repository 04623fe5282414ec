// Comfort only: remember the browser's own time zone, once, so that pages come in the reader's clock. The page of the
// first visit is in the season's: what the reader's makes different is asked for and put in its place.
(function () {
  "use strict";
  var root = document.documentElement, known = /(^|; )zone=/;
  if (known.test(document.cookie) || !root.hasAttribute("data-guess-zone")) return;
  try {
    var zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (!zone) return;
    var secure = location.protocol === "https:" ? ";secure" : "";
    document.cookie = "zone=" + encodeURIComponent(zone) + ";path=/;max-age=31536000;samesite=lax" + secure;
  } catch (error) {
    // An old browser without Intl: the page says in whose clock it is, and how to change that.
    return;
  }
  if (!known.test(document.cookie)) return;
  // Nobody reads, or chooses, a time that changes a moment later.
  root.classList.add("awaits-clock");
  document.addEventListener("DOMContentLoaded", function () {
    if (marksOf("clock").length) ask();
    else root.classList.remove("awaits-clock");
  });

  function ask() {
    var asked = new XMLHttpRequest();
    asked.open("GET", location.href);
    asked.setRequestHeader("X-Part", "clock");
    asked.timeout = 4000;
    asked.onload = function () {
      if (asked.status === 200) draw(asked.responseText.split("<!--clock-->"), asked.getResponseHeader("X-Zone"));
    };
    asked.onloadend = function () { root.classList.remove("awaits-clock"); };
    asked.send();
  }

  function draw(texts, zone) {
    var marks = marksOf("clock"), ends = marksOf("/clock");
    // The page has other parts by now, a slot that was added: the whole of it, once.
    if (marks.length !== texts.length) return location.reload();
    marks.forEach(function (mark, number) {
      var range = document.createRange();
      range.setStartAfter(mark);
      range.setEndBefore(ends[number]);
      range.deleteContents();
      range.insertNode(range.createContextualFragment(texts[number]));
    });
    if (zone) settle(zone);
    document.dispatchEvent(new Event("drawn"));
  }

  function marksOf(words) {
    var marks = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_COMMENT, null, false);
    while (walker.nextNode()) if (walker.currentNode.data === words) marks.push(walker.currentNode);
    return marks;
  }

  // The form does not have to ask where somebody is.
  function settle(zone) {
    var field = document.querySelector("select[name=timezone]"), question = document.querySelector("[data-asks-zone]");
    if (field) choose(field, zone);
    if (question) question.open = false;
  }

  // Of clocks that agree the list has one; the reader's may be another.
  function choose(field, zone) {
    field.value = zone;
    if (field.value === zone) return;
    field.add(new Option(zone.split("/").pop().replace(/_/g, " "), zone), field.options[0]);
    field.value = zone;
  }
})();

// Comfort only: a button that copies an address. Without script it stays hidden, and the address can be selected.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  [].forEach.call(document.querySelectorAll("[data-copies]"), function (button) {
    var field = document.getElementById(button.getAttribute("data-copies"));
    button.hidden = false;
    button.addEventListener("click", function () {
      field.select();
      // The newer clipboard interface is missing where pages come without encryption.
      if (document.execCommand("copy")) button.nextElementSibling.textContent = button.getAttribute("data-done");
    });
  });
});

// Comfort only: the time zones of the country that is chosen come first.
document.addEventListener("change", function (event) {
  "use strict";
  var list = document.querySelector("select[name=timezone]"), first = document.querySelector("[data-of-country]");
  if (!list || event.target.name !== "country") return;
  var country = event.target.options[event.target.selectedIndex].text, chosen = list.value;
  if (first) list.removeChild(first);
  first = document.createElement("optgroup");
  first.label = country;
  first.setAttribute("data-of-country", "");
  [].forEach.call(list.options, function (option) {
    // Arabic has characters in it that keep names in their order.
    var text = option.text.replace(/[\u200f\u2068\u2069]/g, ""), rest = text.indexOf(country) ? "" : text.slice(country.length);
    if (/^(:| \()/.test(rest)) first.appendChild(option.cloneNode(true));
  });
  if (first.children.length) list.insertBefore(first, list.options[0].nextSibling);
  list.value = chosen;
});

// Comfort only: what the form of a sign-up would send stands above its button. A time slot that is chosen ticks its
// session, and a session that is not ticked has the time slot chosen that was chosen beforehand.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  var summary = document.getElementById("summary");
  if (!summary) return;
  var list = summary.querySelector("[data-chosen]"), nothing = summary.querySelector("[data-nothing]");

  document.addEventListener("change", function (event) {
    var choice = closest(event.target, "choice");
    if (choice && event.target.type === "radio") tick(choice).checked = true;
    if (choice && event.target.type === "checkbox" && !event.target.checked) reset(choice);
    if (choice && !tick(choice).checked) untickGroups(choice);
    if (event.target.name === "all") tickGroup(event.target);
    show();
  });
  document.addEventListener("drawn", show);
  // Also a page that the browser has kept, with what was chosen in it.
  window.addEventListener("pageshow", show);

  function show() {
    list.textContent = "";
    [].forEach.call(document.querySelectorAll(".choice"), function (choice) {
      if (tick(choice).checked) list.appendChild(line(choice));
    });
    nothing.hidden = list.hasChildNodes();
    summary.hidden = false;
  }

  function line(choice) {
    var entry = document.createElement("li");
    var slot = choice.querySelector("input[type=radio]:checked, input[type=hidden]");
    entry.appendChild(document.createElement("bdi")).textContent = choice.querySelector(".title").textContent;
    if (slot) entry.appendChild(document.createElement("strong")).textContent = slot.getAttribute("data-when");
    if (slot && slot.hasAttribute("data-waits"))
      entry.appendChild(document.createElement("span")).textContent = slot.getAttribute("data-waits");
    return entry;
  }

  // A box for the season or for a stream ticks the sessions beside it.
  function tickGroup(group) {
    [].forEach.call(closest(group, "session-groups").parentNode.querySelectorAll(".choice"), function (choice) {
      if (groupsOf(choice).indexOf(group) < 0) return;
      tick(choice).checked = group.checked;
      if (group.checked) return;
      reset(choice);
      untickGroups(choice);
    });
  }

  // What is sent ticked registers all of its sessions: no box that covers one of those left out may stay ticked.
  function untickGroups(choice) {
    groupsOf(choice).forEach(function (group) { group.checked = false; });
  }

  function groupsOf(choice) {
    var values = (tick(choice).getAttribute("data-groups") || "").split(" ");
    return [].filter.call(document.querySelectorAll("input[name=all]"), function (group) {
      return values.indexOf(group.value) >= 0;
    });
  }

  function reset(choice) {
    [].forEach.call(choice.querySelectorAll("input[type=radio]"), function (radio) {
      radio.checked = radio.defaultChecked;
    });
  }

  function tick(choice) { return choice.querySelector("input[name=session]"); }

  function closest(element, name) {
    while (element && !(element.classList && element.classList.contains(name))) element = element.parentNode;
    return element;
  }
});

// Comfort only: the buttons beside a time slot at night make their choice here, and go once it is made.
document.addEventListener("DOMContentLoaded", function () {
  "use strict";
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("button[name=take]"), field = button && fieldOf(button);
    if (!field) return;
    event.preventDefault();
    field.checked = button.value !== "no-recording";
    field.dispatchEvent(new Event("change", {bubbles: true}));
    // Beside what was pressed: the tick for recordings is far down the page.
    if (button.value === "recording") button.nextElementSibling.focus();
    else if (button.value === "no-recording") button.parentNode.previousElementSibling.focus();
    else field.focus();
  });
  document.addEventListener("change", show);
  document.addEventListener("drawn", show);
  window.addEventListener("pageshow", show);

  // None where the answer is on another page.
  function fieldOf(button) {
    return /recording$/.test(button.value) ? document.querySelector("input[name=wants_announcements]") :
      document.querySelector("input[type=radio][value='" + button.value + "']");
  }

  function show() {
    [].forEach.call(document.querySelectorAll("button[name=take]"), function (button) {
      var field = fieldOf(button), kept = button.nextElementSibling;
      if (!field || button.value === "no-recording") return;
      button.hidden = field.checked;
      if (button.value === "recording") kept.hidden = !field.checked;
      else button.parentNode.hidden = field.checked;
    });
  }
});

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
