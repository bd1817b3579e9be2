// Puts text into a field as if it were typed, so that the browser's own undo takes it back.
export function put(field, text, start, end) {
  field.focus();
  field.setSelectionRange(start, end);
  const done = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!done) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Undo and redo as buttons, for who has no keyboard at hand.
export function undoButtons(words, field) {
  return [["undo", words.undo], ["redo", words.redo]].map(([command, text]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = text;
    button.addEventListener("click", () => {
      field().focus();
      document.execCommand(command);
    });
    return button;
  });
}
