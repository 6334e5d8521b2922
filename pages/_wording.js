// A text counts once its writer pauses: Streamlit waits until the field is left, and what is wrong
// would be said under the next one.
const PAUSE = 700 // ms without a key

const isOurs = (field) => field?.matches?.("textarea, input[type=text]") && field.closest(".st-key-worded")

export default function () {
  let pausing
  const typed = ({ target }) => {
    clearTimeout(pausing)
    if (isOurs(target)) pausing = setTimeout(() => take(target), PAUSE)
  }
  document.addEventListener("input", typed, true)
  return () => {
    clearTimeout(pausing)
    document.removeEventListener("input", typed, true)
  }
}

// As by Ctrl and Enter: the field keeps the keyboard, and the letter it is at.
function take(field) {
  field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true }))
}
