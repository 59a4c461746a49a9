/**
 * Reads the main text of the page aloud with the browser's own voices, sentence by sentence.
 * The button is there only where a voice speaks the page's language.
 */
const UNITS = "main [data-say], main .sentence";
const SPEEDS = { slow: 0.75, normal: 0.95, fast: 1.2 };

customElements.define("listen-button", class extends HTMLElement {
  connectedCallback() {
    this.speech = window.speechSynthesis;
    if (!this.speech) return;
    this.offer = () => {
      this.hidden = !voiceFor(this.speech.getVoices(), document.documentElement.lang);
    };
    this.stop = () => this.finish();
    this.speech.addEventListener?.("voiceschanged", this.offer);
    window.addEventListener("pagehide", this.stop);
    window.addEventListener("hashchange", this.stop);
    this.addEventListener("click", () => (this.reading ? this.finish() : this.start()));
    this.offer();
  }

  disconnectedCallback() {
    if (!this.speech) return;
    this.finish();
    this.speech.removeEventListener?.("voiceschanged", this.offer);
    window.removeEventListener("pagehide", this.stop);
    window.removeEventListener("hashchange", this.stop);
  }

  start() {
    this.speech.cancel();
    this.units = [...document.querySelectorAll(UNITS)].filter(isToBeRead);
    this.label(true);
    this.next();
  }

  next() {
    this.unmark();
    const unit = this.units.shift();
    if (!unit) return this.finish();
    this.unit = unit;
    unit.setAttribute("data-reading", "");
    unit.scrollIntoView({ block: "nearest" });
    this.speak(unit);
  }

  speak(unit) {
    const said = new SpeechSynthesisUtterance(unit.dataset.say || unit.textContent.trim());
    said.lang = languageOf(unit);
    said.voice = voiceFor(this.speech.getVoices(), said.lang);
    said.rate = SPEEDS[this.dataset.speed] ?? SPEEDS.normal;
    said.onend = said.onerror = () => {
      if (this.said === said) this.next();
    };
    this.said = said;
    this.speech.speak(said);
  }

  finish() {
    this.said = null;
    this.units = [];
    this.unmark();
    this.label(false);
    this.speech.cancel();
  }

  unmark() {
    this.unit?.removeAttribute("data-reading");
    this.unit = null;
  }

  label(reading) {
    this.reading = reading;
    for (const word of this.querySelectorAll("[data-when]")) {
      word.hidden = (word.dataset.when === "reading") !== reading;
    }
  }
});

function isToBeRead(unit) {
  const inAnother = unit.parentElement.closest("[data-say]");
  return !inAnother && unit.textContent.trim() && unit.getClientRects().length > 0;
}

/* A passage in the page's own language takes the page's region too: "fr" is read as "fr-CA". */
function languageOf(unit) {
  const page = document.documentElement.lang;
  const own = unit.querySelector("[lang]")?.lang ?? unit.closest("[lang]").lang;
  return page.startsWith(own) ? page : own;
}

/** The best voice: right language, then on the device, then right region. Null when there is none. */
function voiceFor(voices, language) {
  const [word] = language.split("-");
  const known = voices.filter((voice) => tag(voice).split("-")[0] === word);
  const worth = (voice) => (voice.localService ? 2 : 0) + (tag(voice) === language.toLowerCase() ? 1 : 0);
  return known.sort((one, other) => worth(other) - worth(one))[0] ?? null;
}

function tag(voice) {
  return voice.lang.replace("_", "-").toLowerCase();
}
