// <kr-progress>: how far something is that goes on behind the page, until it is done. Without scripts one follows the link inside.
const PAUSE_MS = 1000;

class Progress extends HTMLElement {
  connectedCallback() { this.later(); }

  later() { setTimeout(() => this.look(), PAUSE_MS); }

  async look() {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok) return this.later();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("kr-progress");
    if (!fresh) return location.reload();
    this.replaceChildren(...fresh.childNodes);
    this.later();
  }
}

customElements.define("kr-progress", Progress);
