// <kr-look>: shows what the form comes to while one types. Without scripts the button "Bekijk" does the same.
const PAUSE_MS = 600;

class Look extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    if (!this.form) return;
    this.form.addEventListener("input", () => this.later());
    this.form.addEventListener("submit", () => clearTimeout(this.timer));
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), PAUSE_MS);
  }

  async look() {
    const asked = (this.asked = (this.asked ?? 0) + 1);
    const body = new URLSearchParams(new FormData(this.form));
    body.set("do", "bekijk");
    const answer = await fetch(this.form.action, { method: "POST", body }).catch(() => null);
    // Logged out or offline: the last good look stays.
    if (!answer?.ok || asked !== this.asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of this.querySelectorAll("[data-look]")) {
      const fresh = page.getElementById(part.id);
      if (fresh) part.replaceChildren(...fresh.childNodes);
    }
  }
}

customElements.define("kr-look", Look);
