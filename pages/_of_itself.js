// What a seat says of the room: one tap before scoring, and three lines at the end.
//
// Lines wait on this device until they are sent, and stay on it. A commitment that is not shared is
// never sent. Of another seat on this device nothing is read, and what it left is taken away.
const AGAIN = "Not saved. Press it once more."
const drawn = new WeakMap()

function make(tag, properties = {}, ...parts) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...parts)
  return element
}

function say(element, words) {
  if (element.textContent !== words) element.textContent = words
}

async function posted(address, given) {
  const headers = { "Content-Type": "application/json" }
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(given) })
  return { ok: answer.ok, told: await answer.json() }
}

// A tab whose storage is full or forbidden goes on without it.
function kept({ address, seat }) {
  try {
    const held = JSON.parse(localStorage.getItem(address)) ?? {}
    if (!seat || held.seat === seat) return held
    localStorage.removeItem(address)
  } catch {}
  return {}
}

function keep({ address, seat }, held) {
  try {
    localStorage.setItem(address, JSON.stringify({ ...held, seat }))
  } catch {}
}

function asksSafe(data) {
  const status = make("small", { role: "status" })
  let said = data.said
  const buttons = [["Yes", true], ["Not yet", false]].map(([words, safe]) => {
    const element = make("button", { type: "button", textContent: words })
    element.onclick = () => tapped(said === safe ? null : safe)
    return [element, safe]
  })
  const mark = () => buttons.forEach(([element, safe]) => (element.ariaPressed = String(said === safe)))
  const tapped = async (safe) => {
    try {
      const { ok, told } = await posted(data.address, { safe })
      if (ok) said = told.safe
      say(status, ok ? (told.safe === null ? "" : "Saved") : (told.said ?? AGAIN))
    } catch {
      say(status, AGAIN)
    }
    mark()
  }
  mark()
  const row = make("div", { className: "row" }, ...buttons.map(([element]) => element), status)
  const asked = make("fieldset", {}, make("legend", { textContent: data.asked }), row)
  return make("div", {}, asked, make("p", { className: "quiet", textContent: data.promise }))
}

function asksLast(data) {
  const held = kept(data)
  const fields = data.questions.map(([name, asked, stays]) => {
    const field = make("textarea", { rows: 2, maxLength: 1000, value: held[name] ?? "", id: `last-${name}` })
    const parts = [make("label", { htmlFor: field.id, textContent: asked }), field]
    const shared = stays && make("input", { type: "checkbox", checked: held[`share ${name}`] ?? false })
    if (shared) {
      parts.push(make("p", { className: "quiet", textContent: stays }))
      parts.push(make("label", { className: "share" }, shared, "Share it with the room"))
    }
    return { name, field, shared, parts }
  })
  const status = make("p", { className: "stands", role: "status" })
  const button = make("button", { type: "button", className: "next", textContent: "Send to the room" })
  const typed = () => {
    const lines = Object.fromEntries(fields.map(({ name, field }) => [name, field.value]))
    const shares = fields.filter(({ shared }) => shared)
    keep(data, { ...lines, ...Object.fromEntries(shares.map((one) => [`share ${one.name}`, one.shared.checked])) })
  }
  const changes = () => {
    typed()
    say(status, "Kept on this device. Not sent yet.")
  }
  for (const { field, shared } of fields) {
    field.oninput = changes
    if (shared) shared.onchange = changes
  }
  button.onclick = async () => {
    const sent = fields.map(({ name, field, shared }) => [name, !shared || shared.checked ? field.value : ""])
    try {
      const { ok, told } = await posted(data.address, Object.fromEntries(sent))
      say(status, ok ? "Saved. You can change it until the answers are shown." : (told.said ?? AGAIN))
    } catch {
      say(status, AGAIN)
    }
  }
  const heading = make("h2", { textContent: data.heading })
  const foot = make("p", { className: "quiet", textContent: data.promise })
  return make("div", {}, heading, ...fields.flatMap(({ parts }) => parts), button, status, foot)
}

// After the answers are shown, and once the workshop is closed: what this device keeps.
function reads(data) {
  const held = kept(data)
  const lines = data.questions.filter(([name]) => held[name])
  const parts = lines.flatMap(([name, asked]) => [
    make("dt", { textContent: asked }),
    make("dd", { textContent: held[name] }),
  ])
  const heading = make("h2", { textContent: data.heading })
  return parts.length ? make("div", {}, heading, make("dl", {}, ...parts)) : make("div")
}

const KINDS = { safe: asksSafe, last: asksLast, kept: reads }

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".itself")
  const told = JSON.stringify(data)
  if (drawn.get(box) === told) return // nothing is drawn anew under somebody who types
  drawn.set(box, told)
  box.replaceChildren(KINDS[data.kind](data))
  // They come above what is read now, and a browser keeps that in sight; whoever types is let be.
  if (data.kind === "last" && !document.querySelector("textarea:focus, input:focus")) {
    requestAnimationFrame(() => box.scrollIntoView({ block: "start" }))
  }
}
