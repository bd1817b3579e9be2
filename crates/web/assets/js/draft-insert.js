// <kr-insert>: chips become buttons that put their text where the cursor was last. Without scripts they can be copied.
class Insert extends HTMLElement {
  connectedCallback() {
    const fields = [...this.querySelectorAll("input, textarea")].filter((field) => !field.readOnly);
    let last = fields.find((field) => field.name === "body") ?? fields[0];
    if (!last) return;
    for (const field of fields) field.addEventListener("focus", () => { last = field; });
    for (const item of this.querySelectorAll("li.chip")) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.textContent = item.firstElementChild.textContent;
      button.title = item.dataset.written;
      button.addEventListener("click", () => {
        last.setRangeText(item.dataset.written, last.selectionStart, last.selectionEnd, "end");
        last.focus();
        last.dispatchEvent(new Event("input", { bubbles: true }));
      });
      item.replaceChildren(button);
      item.classList.remove("chip");
    }
  }
}

customElements.define("kr-insert", Insert);
