"use strict";
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const service = one("service"), cause = one("cause"), unfold = one("unfold"), shown = one("shown");
  const findings = all(".finding"), parts = all("rect[data-cause]"), chips = all(".chip");
  const everything = shown.textContent;

  const passes = (e) =>
    (!service.value || e.dataset.service === service.value) && (!cause.value || e.dataset.cause === cause.value);

  function filter() {
    let n = 0;
    for (const f of findings) {
      f.hidden = !passes(f);
      if (!f.hidden) n++;
    }
    for (const r of parts) r.classList.toggle("off", !passes(r));
    for (const c of chips) c.setAttribute("aria-pressed", String(c.dataset.cause === cause.value));
    shown.textContent = n === findings.length ? everything : `${n} of ${findings.length} findings shown.`;
  }

  service.addEventListener("change", filter);
  cause.addEventListener("change", filter);
  for (const c of chips) {
    c.addEventListener("click", () => {
      cause.value = cause.value === c.dataset.cause ? "" : c.dataset.cause;
      filter();
    });
  }

  const details = () => all(".finding details");
  unfold.addEventListener("click", () => {
    const open = unfold.getAttribute("aria-pressed") !== "true";
    unfold.setAttribute("aria-pressed", String(open));
    unfold.textContent = open ? "Fold all" : "Unfold all";
    for (const d of details()) d.open = open;
  });
  one("service").form.hidden = findings.length === 0;

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not every browser lets a page from a file use the clipboard.
      const field = document.createElement("textarea");
      field.value = text;
      document.body.append(field);
      field.select();
      const ok = document.execCommand("copy");
      field.remove();
      return ok;
    }
  }
  for (const b of all(".copy")) {
    b.hidden = false;
    b.addEventListener("click", async () => {
      const ok = await copy(b.parentElement.querySelector("code").textContent);
      b.textContent = ok ? "Copied" : "Not allowed";
      b.focus();
      setTimeout(() => { b.textContent = "Copy"; }, 1500);
    });
  }

  function openNamed() {
    const named = location.hash && document.getElementById(location.hash.slice(1));
    const d = named && named.querySelector("details");
    if (d) d.open = true;
  }
  window.addEventListener("hashchange", openNamed);
  openNamed();

  // On paper everything is unfolded.
  let before = [];
  window.addEventListener("beforeprint", () => {
    before = details().filter((d) => !d.open);
    for (const d of before) d.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const d of before) d.open = false;
  });
})();
