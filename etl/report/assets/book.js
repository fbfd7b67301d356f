/* The language switch, and nothing else: pages read well without a script. Classic script, run before the page is drawn.
   The language is that of <html lang>; every change is told by the event "book:language" on the document, for charts. */
(function () {
  "use strict";
  var KEY = "book-language", root = document.documentElement;

  function stored() {
    try { return window.localStorage.getItem(KEY); } catch (refused) { return null; }
  }

  function store(language) {
    try { window.localStorage.setItem(KEY, language); } catch (refused) { /* a private window: the choice lasts for this page */ }
  }

  function turn(element, attribute, side) {
    var text = element.getAttribute("data-" + side);
    if (text !== null) { element.setAttribute(attribute, text); }
  }

  function speak(language) {
    var side = language === "en" ? "en" : "zh";
    root.lang = language;
    document.querySelectorAll("[data-zh][aria-label]").forEach(function (element) { turn(element, "aria-label", side); });
    var title = document.querySelector("title[data-zh]");
    if (title) { document.title = title.getAttribute("data-" + side); }
    document.querySelectorAll("[data-language]").forEach(function (button) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-language") === language));
    });
    document.dispatchEvent(new CustomEvent("book:language", { detail: language }));
  }

  var language = stored() === "en" ? "en" : "zh-CN";
  root.lang = language;
  root.classList.add("with-script");
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll(".languages").forEach(function (group) { group.hidden = false; });
    document.querySelectorAll("[data-language]").forEach(function (button) {
      button.addEventListener("click", function () {
        store(button.getAttribute("data-language"));
        speak(button.getAttribute("data-language"));
      });
    });
    speak(language);
  });
})();
