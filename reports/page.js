// Folds open for what a link points into, and for paper. Without scripts nothing is lost.
// No ampersands and no less-than signs here: the page is well-formed XML too.
(function () {
  "use strict";
  function reveal() {
    var id = location.hash.slice(1);
    var target = id ? document.getElementById(id) : null;
    if (!target) return;
    for (var e = target; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
    target.scrollIntoView();
  }
  var unfolded = [];
  function unfold() {
    unfolded = Array.from(document.querySelectorAll("details:not([open])"));
    unfolded.forEach(function (fold) { fold.open = true; });
  }
  function refold() {
    unfolded.forEach(function (fold) { fold.open = false; });
  }
  function addFilter() {
    var rows = Array.from(document.querySelectorAll(".matrix tbody"));
    var fine = rows.filter(function (body) { return !body.querySelector("td.bad, td.absent"); });
    if (fine.length === 0 || fine.length === rows.length) return;
    var label = document.createElement("label");
    var box = document.createElement("input");
    box.type = "checkbox";
    box.addEventListener("change", function () {
      fine.forEach(function (body) { body.hidden = box.checked; });
    });
    label.className = "filter";
    label.append(box, " only scenarios that are not all as expected");
    document.querySelector("#matrix h2").after(label);
  }
  addEventListener("hashchange", reveal);
  addEventListener("beforeprint", unfold);
  addEventListener("afterprint", refold);
  addFilter();
  reveal();
})();
