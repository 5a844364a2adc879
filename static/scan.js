/* Scanning a code with the camera, where the browser can; typing it does the same. */
"use strict";

(() => {
  const button = document.querySelector("[data-scan]");
  const video = document.getElementById("scan");
  if (!button || !video || !window.BarcodeDetector || !navigator.mediaDevices) return;
  button.hidden = false;
  let stream = null;

  function stop() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = true;
  }

  async function look(detector) {
    if (!stream) return;
    const found = await detector.detect(video).catch(() => []);
    const text = found.length ? found[0].rawValue.trim().slice(0, 40) : "";
    if (text) {
      stop();
      const address = new URL(button.dataset.scan, location.href);
      address.searchParams.set("q", text);
      location.assign(address);
      return;
    }
    setTimeout(() => look(detector), 250);
  }

  button.addEventListener("click", async () => {
    if (stream) { stop(); return; }
    try {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = false;
      await video.play();
      look(detector);
    } catch {
      stop();
      button.textContent = button.dataset.refused;
      button.disabled = true;
    }
  });
})();
