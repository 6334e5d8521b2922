// Says in words where each slider stands. What is placed is kept nowhere, and nothing is sent.
const NOT_PLACED = "not placed yet"
const sliders = [...document.querySelectorAll("input[type=range]")]

function said({ value, dataset: { left, right } }) {
  return [`“${left}”`, `nearer to “${left}”`, "in the middle", `nearer to “${right}”`, `“${right}”`][value]
}

function tell(slider, words) {
  slider.setAttribute("aria-valuetext", words)
  slider.closest(".slider").querySelector(".at").textContent = words
}

function begin() {
  for (const slider of sliders) {
    slider.value = 2
    tell(slider, NOT_PLACED)
  }
}

for (const slider of sliders) {
  // A tap on the middle changes no value, and places it all the same.
  for (const placed of ["input", "pointerup"]) slider.addEventListener(placed, () => tell(slider, said(slider)))
}
document.querySelector("#again").addEventListener("click", () => {
  begin()
  sliders[0].focus()
})
// Whoever comes back to the page, or gets the device after, finds nothing.
addEventListener("pagehide", begin)
begin()
