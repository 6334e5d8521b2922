// What a form could not keep: a list that takes the keyboard, with a link to each field.
const field = (key) => document.querySelector(`.st-key-${key.replace(/[^\w-]/g, "-")}`)
const inner = (key) => field(key)?.querySelector("input, textarea") // a label may have a button
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
  for (const [key] of data.faults) inner(key)?.setAttribute("aria-invalid", "true")
  if (shown.get(box) !== data.time) box.focus()
  shown.set(box, data.time)
}
