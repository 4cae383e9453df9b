// Every page works without this file. With it, pages notice by themselves that
// something has changed, the clock runs, and sums are shown while one types.
(function () {
  "use strict";
  var body = document.body, base = body.dataset.base || "";
  var turn = Number(body.dataset.turn), round = Number(body.dataset.round);
  var live = { seat: 1, paper: 1, control: 1, projector: 1, debrief: 1 }[body.dataset.page];
  var touched = false, change = null, ends = null;

  document.addEventListener("input", function (e) {
    if (e.target.form && e.target.form.method === "post") touched = true;
  });
  document.addEventListener("submit", function () { touched = false; });

  function show(id, text) {
    var at = document.getElementById(id);
    if (at && at.textContent !== text) at.textContent = text;
  }

  // The clock counts on by itself; the server says anew what is left.
  function setClock(left) {
    ends = left < 0 ? null : Date.now() + left * 1000;
    tick();
  }
  function tick() {
    var at = document.getElementById("clock");
    if (!at) return;
    at.hidden = ends === null;
    if (ends === null) return;
    var s = Math.max(0, Math.round((ends - Date.now()) / 1000));
    at.textContent = s === 0 ? "Time is up" : Math.floor(s / 60) + ":" + String(s % 60).padStart(2, "0");
  }
  setClock(Number(body.dataset.left));
  setInterval(tick, 500);

  // Part of the page is fetched anew where that does not disturb.
  function renew(ids) {
    fetch(location.href).then(function (r) { return r.text(); }).then(function (text) {
      var fresh = new DOMParser().parseFromString(text, "text/html");
      ids.forEach(function (id) {
        var old = document.getElementById(id), made = fresh.getElementById(id);
        if (old && made) old.replaceWith(made);
      });
    }).catch(function () {});
  }

  function reload() {
    // What a form came to, ?said=, ends with the round.
    location.replace(/^(seat|control)$/.test(body.dataset.page) ? location.pathname : location.href);
  }

  function heard(n) {
    setClock(n.left);
    if (n.turn !== turn) {
      // What somebody is typing is not thrown away while the round is the same.
      if (!touched || n.round !== round) { reload(); return; }
      turn = n.turn;
      var stale = document.getElementById("stale");
      if (stale) {
        stale.hidden = false;
        stale.textContent = (n.latest ? "News: " + n.latest + " " : "") + "Something has changed. File your orders, or load the page anew.";
      }
    }
    if (n.round > 0) show("filed", n.filed + " of " + n.of + " have filed.");
    if (change !== null && n.change !== change) {
      if (body.dataset.page === "control") renew(["seats"]);
      if (body.dataset.page === "projector") renew(["waiting"]);
    }
    change = n.change;
  }

  if (live && window.EventSource) {
    var open = function () {
      var stream = new EventSource(base + "/events");
      stream.onmessage = function (e) { heard(JSON.parse(e.data)); };
      // A browser gives up when the server answers with an error; we do not.
      stream.onerror = function () {
        if (stream.readyState === EventSource.CLOSED) setTimeout(open, 3000);
      };
    };
    open();
  }

  // Sums of percentages.
  document.querySelectorAll("fieldset.mix").forEach(function (set) {
    var out = set.querySelector("[data-sum]"), inputs = set.querySelectorAll("input");
    if (!out) return;
    var sum = function () {
      var total = 0, any = false;
      inputs.forEach(function (i) { if (i.value !== "") { any = true; total += Number(i.value); } });
      out.textContent = any ? "together " + Math.round(10 * total) / 10 + " %, of 100" : "";
      out.classList.toggle("off", any && Math.abs(total - 100) > 1.1);
    };
    set.addEventListener("input", sum);
    sum();
  });
})();
