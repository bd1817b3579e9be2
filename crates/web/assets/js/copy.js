// <kr-copy>: a button that copies the text inside. Without scripts the text can still be selected.
const words = {
  nl: { copy: "Kopieer", done: "Gekopieerd" },
  en: { copy: "Copy", done: "Copied" },
};

class Copy extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard || this.querySelector("button")) return;
    const say = words[document.documentElement.lang] ?? words.en;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = say.copy;
    const text = this.firstElementChild.textContent;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text);
      button.textContent = say.done;
    });
    this.append(button);
  }
}

customElements.define("kr-copy", Copy);
