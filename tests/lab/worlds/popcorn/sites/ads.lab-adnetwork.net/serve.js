/* a simulated advertising script: it fills its places with a line of text */
document.querySelectorAll("ins.lab-ad").forEach(function (e) { e.textContent = "advertisement " + e.dataset.zone; });
