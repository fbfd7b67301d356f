/* The panel beside a report's text: shows the row of the figure that is pointed at, reached by Tab, tapped, or named by the address.
   The rows are in the table of figures; without this script a mark leads to its row. */
(function () {
  "use strict";
  var text = document.querySelector(".text"), panel = document.querySelector(".panel");
  if (!text || !panel) { return; }
  var body = panel.querySelector(".panel-body"), close = panel.querySelector(".close"), hint = body.firstElementChild;
  var chosen = null, shown = null;

  function copy(cell, name, className) {
    var element = document.createElement(name);
    element.className = className;
    if (cell.lang) { element.lang = cell.lang; }
    cell.childNodes.forEach(function (node) { element.appendChild(node.cloneNode(true)); });
    return element;
  }

  function describe(row) {
    var part = document.createElement("section"), list = document.createElement("dl"), cells = {};
    var heads = row.closest("table").tHead.rows[0].cells;
    Array.prototype.forEach.call(row.cells, function (cell, index) {
      var name = cell.getAttribute("data-is");
      if (!name) { return; }
      cells[name] = cell;
      if (name === "label" || name === "value" || !cell.textContent.trim()) { return; }
      var pair = document.createElement("div");
      pair.appendChild(copy(heads[index], "dt", ""));
      pair.appendChild(copy(cell, "dd", ""));
      list.appendChild(pair);
    });
    part.appendChild(copy(cells.label, "p", "panel-label"));
    part.appendChild(copy(cells.value, "p", "panel-value"));
    part.appendChild(list);
    return part;
  }

  function marksOf(mark) {
    return text.querySelectorAll('[data-figures="' + mark.getAttribute("data-figures") + '"]');
  }

  function show(mark) {
    if (mark === shown) { return; }
    if (shown) { marksOf(shown).forEach(function (one) { one.classList.remove("is-shown"); }); }
    shown = mark;
    body.replaceChildren();
    if (!mark) {
      body.appendChild(hint);
    } else {
      marksOf(mark).forEach(function (one) { one.classList.add("is-shown"); });
      mark.getAttribute("data-figures").split(" ").forEach(function (id) {
        var row = document.getElementById("v-" + id);
        if (row) { body.appendChild(describe(row)); }
      });
    }
    panel.classList.toggle("is-open", mark !== null);
    close.hidden = mark === null;
  }

  function choose(mark) {
    chosen = mark;
    show(mark);
    if (mark) { requestAnimationFrame(function () { uncover(mark); }); }
  }

  /* On a phone the panel lies over the end of the page: what is chosen is kept above it. */
  function uncover(mark) {
    var covered = mark.getBoundingClientRect().bottom + 16 - panel.getBoundingClientRect().top;
    if (liesOver() && covered > 0) { window.scrollBy(0, covered); }
  }

  function fromAddress() {
    var found = /^#m-[\w-]+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    var mark = found && found.closest("[data-figures]");
    if (mark) { choose(mark); }
  }

  function under(event) {
    return event.target.closest ? event.target.closest("[data-figures]") : null;
  }

  /* Where the panel lies over the text, pointing opens nothing: it would come between the pointer and what it points at. */
  function liesOver() {
    return !window.matchMedia("(min-width: 48rem)").matches;
  }

  text.addEventListener("mouseover", function (event) { if (!liesOver()) { show(under(event) || chosen); } });
  text.addEventListener("mouseleave", function () { show(chosen); });
  text.addEventListener("focusin", function (event) { if (under(event) && under(event).matches(":focus-visible")) { choose(under(event)); } });
  text.addEventListener("click", function (event) {
    var mark = under(event);
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    event.preventDefault();
    choose(mark);
    if (mark.id) { try { history.replaceState(null, "", "#" + mark.id); } catch (refused) { /* the address stays as it is */ } }
  });
  close.addEventListener("click", function () { choose(null); });
  document.addEventListener("keydown", function (event) { if (event.key === "Escape") { choose(null); } });
  window.addEventListener("hashchange", fromAddress);
  if (window.matchMedia("(max-width: 75rem)").matches) {
    document.querySelectorAll(".outline details").forEach(function (outline) { outline.open = false; });
  }
  fromAddress();
})();
