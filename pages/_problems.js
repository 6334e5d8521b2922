// What a form could not keep: a list that takes the keyboard, with a link to each field.
const field = (key) => document.querySelector(`.st-key-${key.replace(/[^\w-]/g, "-")}`)
const inner = (key) => field(key)?.querySelector("input, textarea") // a label may have a button
const MARK = "aria-invalid"
const shown = new WeakMap()

export default function ({ parentElement, data }) {
  const box = parentElement.querySelector(".problems")
  box.querySelector("ul").replaceChildren(
    ...data.faults.map(([key, said]) => {
      const link = Object.assign(document.createElement("a"), { href: "#", textContent: said })
      link.onclick = (event) => {
        event.preventDefault()
        field(key)?.scrollIntoView({ block: "center" })
        inner(key)?.focus()
      }
      const line = document.createElement("li")
      line.append(link)
      return line
    }),
  )
  const unmark = () => shown.get(box)?.faults.forEach(([key]) => inner(key)?.removeAttribute(MARK))
  // A field may be drawn after its fault is, and once more.
  const mark = () => data.faults.forEach(([key]) => inner(key)?.setAttribute(MARK, "true"))
  const drawn = new MutationObserver(mark)
  unmark()
  mark()
  drawn.observe(document.body, { childList: true, subtree: true })
  if (shown.get(box)?.times !== data.times) box.focus()
  shown.set(box, data)
  return () => {
    drawn.disconnect()
    if (shown.get(box) === data) unmark() // what is drawn since has its own marks
  }
}
