// What was typed and not saved, in this browser only, until the server has it.
const LEAD = "klantreis-schrijven ";
const DAYS = 14;

export class Kept {
  constructor(form) {
    this.name = LEAD + form.getAttribute("action") + " " + form.elements.taal.value;
    this.form = form;
  }

  fields() {
    return [...this.form.querySelectorAll("textarea, .typed input")];
  }

  keep() {
    const texts = Object.fromEntries(this.fields().map((field) => [field.name, field.value]));
    try {
      localStorage.setItem(this.name, JSON.stringify({ time: Date.now(), texts }));
    } catch {
      // No room, or not allowed: the form still has it.
    }
  }

  drop() {
    localStorage.removeItem(this.name);
  }

  // What differs from the form, and is not too old; else nothing.
  found() {
    let kept;
    try {
      kept = JSON.parse(localStorage.getItem(this.name));
    } catch {
      return null;
    }
    if (!kept || Date.now() - kept.time > DAYS * 86_400_000) return null;
    const differs = this.fields().some((field) => field.name in kept.texts && kept.texts[field.name].trim() !== field.value.trim());
    return differs ? kept : null;
  }
}
