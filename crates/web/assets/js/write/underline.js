// Underlines what is remarked: behind each field lies its text once more, invisible but for the lines.
export function underline(form, marked) {
  for (const field of form.querySelectorAll(".typed > textarea, .typed > input")) {
    field.parentElement.querySelector(".under")?.remove();
    const pieces = marked.querySelector(`[data-of="${CSS.escape(field.name)}"]`);
    // Typed on since: the places are no longer right.
    if (!pieces || pieces.textContent !== field.value.trim()) continue;
    const under = document.createElement("span");
    under.className = "under";
    under.setAttribute("aria-hidden", "true");
    under.append(field.value.slice(0, field.value.length - field.value.trimStart().length), ...pieces.cloneNode(true).childNodes, "\n");
    field.before(under);
    const follow = () => { under.scrollTop = field.scrollTop; under.scrollLeft = field.scrollLeft; };
    field.onscroll = follow;
    follow();
  }
}

// While one types on, lines in wrong places would mislead.
export function clear(field) {
  field.parentElement.querySelector(".under")?.remove();
}
