/**
 * Shows the photo that was chosen, and makes it small before it is sent: a photo of 5 MB takes
 * minutes on a slow network, and it may say where it was taken. What this browser cannot read is
 * sent as it is, and the server judges.
 */
const QUALITY = 0.9;

customElements.define("photo-choice", class extends HTMLElement {
  connectedCallback() {
    this.file = this.querySelector("input[type=file]");
    this.canvas = this.querySelector("canvas");
    this.file.addEventListener("change", () => this.show());
  }

  async show() {
    this.turn(false);
    const [chosen] = this.file.files;
    const picture = chosen && await createImageBitmap(chosen).catch(() => null);
    if (!picture) return;
    this.draw(picture);
    this.turn(true);
    const small = await new Promise((done) => this.canvas.toBlob(done, "image/jpeg", QUALITY));
    if (small && this.file.files[0] === chosen) this.put(small);
  }

  draw(picture) {
    const side = Math.min(picture.width, picture.height);
    const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2];
    const pen = this.canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(picture, left, top, side, side, 0, 0, this.canvas.width, this.canvas.height);
    picture.close();
  }

  put(small) {
    const files = new DataTransfer();
    files.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
    this.file.files = files.files;
  }

  /* Shows the chosen photo in the place of the present one, or the other way round. */
  turn(isChosen) {
    this.canvas.hidden = !isChosen;
    this.canvas.previousElementSibling.toggleAttribute("hidden", isChosen);
  }
});
