/* Voices for a browser that has none. It remembers what was said; `endSentence()` ends one. */
(() => {
  const voices = [
    { name: "far", lang: "fr-FR", localService: false },
    { name: "Paris", lang: "fr-FR", localService: true },
    { name: "Québec", lang: "fr-CA", localService: true },
    { name: "London", lang: "en-GB", localService: true },
    { name: "Toronto", lang: "en_CA", localService: true },
  ];
  const speech = {
    said: [],
    now: null,
    getVoices: () => voices,
    addEventListener() {},
    removeEventListener() {},
    speak(utterance) {
      const marked = [...document.querySelectorAll("[data-reading]")];
      this.now = utterance;
      this.said.push({
        text: utterance.text,
        lang: utterance.lang,
        voice: utterance.voice?.name,
        rate: utterance.rate,
        marked: marked.map((element) => element.textContent.trim()),
      });
    },
    cancel() {
      this.now = null;
    },
  };
  window.SpeechSynthesisUtterance = class {
    constructor(text) {
      this.text = text;
    }
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.endSentence = () => speech.now?.onend();
})();
