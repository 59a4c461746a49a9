/** Large keys that type a code into their field, which shows it in groups of 4 numbers. */
const GROUP = 4;

customElements.define("code-keypad", class extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector("input");
    this.heard = this.querySelector("[role=status]");
    /* These keys take the place of the phone's own, so that nothing covers the page. */
    this.field.inputMode = "none";
    this.field.removeAttribute("maxlength");
    this.querySelector("[role=group]").hidden = false;
    this.addEventListener("click", (event) => this.press(event.target.closest("button")?.value));
    this.field.addEventListener("input", () => this.typed());
    this.write(digits(this.field.value));
  }

  press(key) {
    if (!key) return;
    const before = digits(this.field.value);
    this.write(key === "delete" ? before.slice(0, -1) : before + key);
    this.heard.textContent = [...digits(this.field.value)].join(" ");
  }

  /* Somebody who corrects in the middle of the code keeps their place. */
  typed() {
    const isAtEnd = this.field.selectionStart === this.field.value.length;
    if (isAtEnd || /\D/.test(this.field.value.replace(" ", ""))) this.write(digits(this.field.value));
  }

  write(code) {
    const taken = code.slice(0, Number(this.dataset.length));
    this.field.value = taken.replace(new RegExp(`(.{${GROUP}})(?=.)`, "g"), "$1 ");
  }
});

function digits(text) {
  return text.replace(/\D/g, "");
}
