/** Goes back to the page before; where there is none, to where the link leads. */
customElements.define("go-back", class extends HTMLElement {
  connectedCallback() {
    this.querySelector(".go-back-words").remove();
    this.querySelector("a").addEventListener("click", (event) => {
      if (history.length < 2) return;
      event.preventDefault();
      history.back();
    });
  }
});
