// <minamata-season>: the coming sessions, on the clock and in the language of who reads. A link inside it is what shows
// until they are here, and where they cannot come. Browsers that do not know elements of one's own keep it as well.
(function () {
  "use strict";
  if (!window.customElements || !window.fetch || !window.Intl || !Element.prototype.attachShadow) return;
  if (customElements.get("minamata-season")) return;
  const SITE = "{{ site }}", WORDS = {{ words }};
  const STYLE = `:host{display:block;color:inherit;font:inherit;overflow-wrap:anywhere}
ul{list-style:none;margin:0 0 .75em;padding:0}
li{padding:.75em 0;border-top:1px solid rgba(128,128,128,.5)}
p{margin:0 0 .25em}
[part=heading]{margin:0 0 .5em;font-size:1.25em;line-height:1.25}
a{color:inherit;display:inline-block;padding:.2em 0;text-underline-offset:.15em}
time,.title{font-weight:bold}
time,bdi{white-space:nowrap}
.heard{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`;

  // A style sheet made by script is none of those that a policy of the page forbids.
  let sheets = [];
  try {
    sheets = [new CSSStyleSheet()];
    sheets[0].replaceSync(STYLE);
  } catch (error) {
    sheets = null;
  }

  function make(name, text, attributes) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    for (const each in attributes || {}) if (attributes[each]) made.setAttribute(each, attributes[each]);
    return made;
  }

  // zh-CN and ar-EG are zh-hans and ar.
  function languageOf(element) {
    const near = element.closest("[lang]"), code = ((near && near.lang) || "en").toLowerCase();
    return WORDS[code] ? code : Object.keys(WORDS).find((each) => each.slice(0, 2) === code.slice(0, 2)) || "en";
  }

  function twoDigits(number) {
    return (number < 10 ? "0" : "") + number;
  }

  function hour(moment) {
    return twoDigits(moment.getHours()) + ":" + twoDigits(moment.getMinutes());
  }

  function offset(moment) {
    const minutes = -moment.getTimezoneOffset(), ahead = Math.abs(minutes), rest = ahead % 60;
    if (!minutes) return "UTC";
    return "UTC" + (minutes < 0 ? "\u2212" : "+") + (ahead - rest) / 60 + (rest ? ":" + twoDigits(rest) : "");
  }

  function when(slot, language) {
    const begins = new Date(slot.starts_at), line = make("p"), words = WORDS[language];
    const form = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
    const hours = words.hours.replace("{0}", hour(begins)).replace("{1}", hour(new Date(slot.ends_at)));
    line.append(new Intl.DateTimeFormat(words.locale || language, form).format(begins), " ");
    line.append(make("time", hours, { datetime: slot.starts_at }), " ", make("bdi", offset(begins)));
    return line;
  }

  function step(slot, words) {
    const line = make("p");
    if (!slot.sign_up) {
      line.textContent = slot.state_in_words;
      return line;
    }
    const link = make("a", slot.state === "open" ? words.sign_up : words.wait, { href: slot.sign_up, part: "sign-up" });
    link.append(make("span", " " + slot.title.text, { class: "heard" }));
    line.append(link);
    return line;
  }

  function item(slot, language) {
    const made = make("li"), title = make("p"), parts = slot.parts.filter((part) => !part.is_called_off);
    const other = slot.title.language === language ? null : slot.title.language;
    const link = make("a", "", { class: "title", href: slot.page });
    link.append(make("span", slot.title.text, { lang: other, dir: other && "ltr" }));
    title.append(link);
    made.append(...(parts.length ? parts : [slot]).map((each) => when(each, language)), title, step(slot, WORDS[language]));
    return made;
  }

  customElements.define("minamata-season", class extends HTMLElement {
    connectedCallback() {
      if (!this._language) this._ask();
    }

    _ask() {
      const language = this._language = languageOf(this), stream = this.getAttribute("stream");
      const season = encodeURIComponent(this.getAttribute("season") || "current");
      const asked = "?coming=true&lang=" + language + (stream ? "&stream=" + encodeURIComponent(stream) : "");
      fetch(SITE + "/api/v1/seasons/" + season + "/slots/" + asked, { credentials: "omit", referrerPolicy: "no-referrer" })
        .then((answer) => {
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.json();
        })
        .then((found) => this._put(this._coming(found.items, WORDS[language])))
        .catch(() => this._fail(WORDS[language]));
    }

    // Nothing takes the place of the link before it is whole.
    _put(parts) {
      const box = make("div", "", { lang: this._language, dir: this._language === "ar" ? "rtl" : "ltr" });
      box.append(...parts);
      if (!this._root) this._root = this.attachShadow({ mode: "open" });
      if (sheets) this._root.adoptedStyleSheets = sheets;
      this._root.textContent = "";
      this._root.append(box);
    }

    _coming(slots, words) {
      const level = Math.min(6, Math.max(1, Math.floor(this.getAttribute("heading")) || 2));
      const most = Math.max(1, Math.floor(this.getAttribute("limit")) || 5), list = make("ul", "", { role: "list" });
      slots.slice(0, most).forEach((slot) => list.append(item(slot, this._language)));
      const parts = [make("h" + level, words.heading, { part: "heading" })];
      return parts.concat(slots.length ? [make("p", words.clock), list] : [make("p", words.none)], this._programme(words));
    }

    _programme(words) {
      const season = this.getAttribute("season"), line = make("p");
      const start = SITE + (this._language === "en" ? "/" : "/" + this._language + "/");
      const address = season ? start + "seasons/" + encodeURIComponent(season) + "/" : start;
      line.append(make("a", words.programme, { href: address, part: "programme" }));
      return [line];
    }

    // The link of the page stays below the reason, and as soon as there is a network the sessions are asked for again.
    _fail(words) {
      this._put([make("p", navigator.onLine === false ? words.offline : words.wrong), make("slot")]);
      window.addEventListener("online", () => this._ask(), { once: true });
    }
  });
})();
