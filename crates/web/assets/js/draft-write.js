// <kr-write>: writing a message. What is typed is kept in the draft, every channel shows it, remarks are underlined and their
// rewrite is put in place, chips are inserted at the cursor. Without scripts the buttons of the form do the same.
import { Kept } from "./write/kept.js";
import { put, undoButtons } from "./write/typing.js";
import { clear, underline } from "./write/underline.js";

const PAUSE_MS = 900;
const AGAIN_MS = 15_000;

class Write extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.status = this.querySelector("[data-status]");
    this.kept = new Kept(this.form);
    this.last = this.form.elements.body;
    this.canEdit = !this.last.readOnly;
    for (const field of this.kept.fields()) field.addEventListener("focus", () => { this.last = field; });
    this.form.addEventListener("input", (event) => this.typed(event.target));
    this.form.addEventListener("submit", (event) => this.submitted(event));
    if (this.canEdit) {
      this.chips();
      this.offer();
      addEventListener("pagehide", () => { if (this.unsaved) this.kept.keep(); });
    }
    underline(this.form, this.querySelector("#onderstreept"));
  }

  typed(field) {
    if (field.closest(".typed")) {
      clear(field);
      this.unsaved = true;
      this.kept.keep();
    }
    this.later();
  }

  later(pause = PAUSE_MS) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), pause);
  }

  async look() {
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const keeps = this.canEdit && this.unsaved && !this.overtaken;
    const body = new URLSearchParams(new FormData(this.form));
    body.set("do", keeps ? "houd" : "bekijk");
    if (keeps) this.say(this.dataset.saving);
    const answer = await fetch(this.form.action, { method: "POST", body }).catch(() => null);
    // A page after a redirect is that of logging in.
    const text = answer && !answer.redirected && [200, 409, 422].includes(answer.status) ? await answer.text() : null;
    if (text === null) {
      this.say(this.dataset.lost);
      if (keeps) this.later(AGAIN_MS);
      return;
    }
    const page = new DOMParser().parseFromString(text, "text/html");
    if (keeps && answer.status === 200) {
      this.form.elements.seen_digest.value = page.querySelector("[name=seen_digest]").value;
      if (asked === this.asked) {
        this.unsaved = false;
        this.kept.drop();
        this.say(this.dataset.kept);
      }
    } else if (keeps) {
      // Whoever sees what a colleague wrote decides; saving then takes what stands here.
      this.overtaken = answer.status === 409;
      if (this.overtaken) this.form.elements.seen_digest.value = page.querySelector("[name=seen_digest]").value;
      this.say(this.dataset.lost);
    }
    if (asked === this.asked) this.show(page);
  }

  show(page) {
    const opened = this.querySelector(".others")?.open;
    for (const part of document.querySelectorAll("[data-look]")) {
      const fresh = page.getElementById(part.id);
      if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes);
    }
    if (opened) this.querySelector(".others")?.setAttribute("open", "");
    const choice = this.form.elements.als;
    const fresh = page.querySelector("[data-options]");
    if (fresh && document.activeElement !== choice) choice.replaceChildren(...fresh.childNodes);
    underline(this.form, this.querySelector("#onderstreept"));
  }

  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  submitted(event) {
    const button = event.submitter;
    clearTimeout(this.timer);
    if (!button?.dataset.field) {
      // The answer of the server says whether it has it.
      if (button?.value === "bewaar") this.unsaved = false;
      return;
    }
    const field = this.form.elements[button.dataset.field];
    const lead = field.value.length - field.value.trimStart().length;
    const [start, end] = [Number(button.dataset.start) + lead, Number(button.dataset.end) + lead];
    if (field.value.slice(start, end) !== button.dataset.whole) return;
    event.preventDefault();
    put(field, button.dataset.rewrite, start, end);
  }

  chips() {
    for (const item of this.querySelectorAll("li.chip")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.append(...[...item.children].filter((child) => child.tagName !== "CODE"));
      button.title = item.dataset.written;
      button.addEventListener("click", () => put(this.last, item.dataset.written, this.last.selectionStart, this.last.selectionEnd));
      item.replaceChildren(button);
      item.classList.remove("chip");
    }
    this.querySelector("[data-undo-here]")?.append(...undoButtons(this.dataset, () => this.last));
  }

  // Text that a crash or a log-out kept from being saved.
  offer() {
    const kept = this.kept.found();
    if (!kept) return;
    const box = document.createElement("div");
    box.className = "notice-box row";
    box.setAttribute("role", "status");
    const act = (text, done) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button small";
      button.textContent = text;
      button.addEventListener("click", () => { box.remove(); done(); });
      return button;
    };
    const said = document.createElement("span");
    said.textContent = this.dataset.found;
    const restore = () => {
      for (const field of this.kept.fields()) {
        const text = kept.texts[field.name];
        if (text !== undefined && text !== field.value) put(field, text, 0, field.value.length);
      }
    };
    box.append(said, act(this.dataset.restore, restore), act(this.dataset.drop, () => this.kept.drop()));
    this.prepend(box);
  }
}

customElements.define("kr-write", Write);
