// Beside a score: the line "what makes you say so?", and the guess of the other side.
//
// Both are optional. Nothing here is drawn anew while somebody types: a push changes a field only
// where the laptop knows something newer, nothing waits, and nobody is in it.
const LONGEST = 140 // characters; the server counts, this only warns
const NEAR = 25 // characters left from which the count is shown
const MOST = 1000 // characters that a field takes at all: a pasted page would never be sent
const SEALED = "Sealed until the reveal; then your facilitator may show it, without your name or seat."
const NAMED = "Sealed until the reveal; then your facilitator may show it, with your team beside it."

function guessRow(ballot, domain) {
  const choices = [0, 1, 2, 3, 4, 5].map((points) => {
    const element = make("input", { type: "radio", name: `guess ${domain.key}` })
    element.onchange = () => ballot.give("guess", domain, { points })
    ballot.shown.push(() => (element.checked = ballot.given("guess", domain) === points))
    return make("label", {}, element, make("span", { textContent: points }))
  })
  const legend = make("legend", { textContent: domain.guess })
  return make("fieldset", { className: "guess" }, legend, make("div", {}, ...choices))
}

function reasonLine(ballot, domain) {
  const field = make("textarea", { id: "reason", rows: 1, maxLength: MOST, enterKeyHint: "done" })
  const named = make("input", { type: "checkbox" })
  const asked = make("label", { htmlFor: "reason", className: "asked", textContent: domain.point })
  const refusal = make("p", { className: "refusal", role: "alert", id: "refusal" })
  const stands = make("span", { className: "stands", role: "status" })
  const seen = make("p", { className: "seen", id: "seen" })
  field.placeholder = domain.point
  field.ariaLabel = domain.point // its label is drawn only once it is used
  field.setAttribute("aria-describedby", "refusal seen")
  const line = make("div", { className: "reason" }, asked, field, refusal)
  const withTeam = make("label", { className: "named" }, named, "Name my team beside it")
  line.append(make("div", { className: "under" }, withTeam, stands), seen)

  const write = (held) => {
    const given = { said: field.value, with_team: named.checked }
    const nothing = !given.said.trim() && !ballot.times.reason[domain.key] && !ballot.sending
    if (nothing) ballot.drop("reason", domain)
    else ballot.give("reason", domain, given, held)
    tell()
  }
  let drawn = undefined
  const tell = () => {
    const waits = ballot.entry("reason", domain)
    const times = ballot.times.reason[domain.key] ?? 0
    const typing = field.getRootNode().activeElement === field
    if (drawn === undefined || (drawn !== times && !waits && !typing)) {
      const { said, with_team } = ballot.given("reason", domain) ?? { said: "", with_team: false }
      Object.assign(field, { value: said })
      Object.assign(named, { checked: with_team })
      drawn = times
    }
    if (field.value) line.classList.add("open")
    if (show(refusal, waits?.refused ?? "") && typing) inSight(line)
    show(stands, standing(field.value, waits, times))
    show(seen, named.checked ? NAMED : SEALED)
    field.ariaInvalid = waits?.refused ? "true" : "false"
  }
  field.onfocus = () => {
    line.classList.add("open")
    inSight(line)
  }
  field.oninput = () => write(true)
  field.onblur = () => ballot.release()
  field.onkeydown = (key) => done(key, ballot)
  named.onchange = () => write(false)
  ballot.shown.push(tell)
  return line
}

// Enter ends a line and begins none; under a thumb it puts the keyboard away.
function done(key, ballot) {
  if (key.key !== "Enter" || key.isComposing) return
  key.preventDefault()
  ballot.release()
  if (matchMedia("(pointer: coarse)").matches) key.target.blur()
}

function standing(typed, waits, times) {
  const left = LONGEST - [...typed.trim()].length
  if (left < 0) return `${-left} too many`
  const saved = !waits && times && typed ? "Saved" : ""
  const saving = waits && !waits.held && !waits.refused ? "Saving" : saved
  return [saving, left <= NEAR ? `${left} left` : ""].filter(Boolean).join(", ")
}

// Were you here last time: asked once, on the last screen. A second tap on a choice takes it back.
const TAP_AGAIN = "Not saved. Tap it once more."
function lastTime(ballot) {
  const { before } = ballot.data
  const status = make("small", { role: "status" })
  const buttons = [["Yes", true], ["No", false]].map(([words, here]) => {
    const element = make("button", { type: "button", textContent: words })
    element.onclick = () => tapped(before.said === here ? null : here)
    return [element, here]
  })
  const mark = () => buttons.forEach(([element, here]) => (element.ariaPressed = String(before.said === here)))
  const tapped = async (here) => {
    try {
      const answer = await fetch(before.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ here }),
      })
      const told = await answer.json()
      if (answer.ok) before.said = told.here
      show(status, answer.ok ? (told.here === null ? "" : "Saved") : (told.said ?? TAP_AGAIN))
    } catch {
      show(status, TAP_AGAIN)
    }
    mark()
  }
  mark()
  const choices = make("div", {}, ...buttons.map(([element]) => element), status)
  return make("fieldset", { className: "before" }, make("legend", { textContent: before.asked }), choices)
}

function besideSaid(ballot, domain) {
  if (ballot.entry("reason", domain)?.refused) return "What you wrote is not saved. Tap to change it."
  const guesses = domain.guess && ballot.answer(domain) !== undefined
  return [
    ballot.given("reason", domain)?.said.trim() ? "with your line" : "",
    guesses && ballot.given("guess", domain) === undefined ? "without a guess" : "",
  ].filter(Boolean).join(", ")
}

// True where the words are new.
function show(element, words) {
  const changes = element.textContent !== words
  if (changes) element.textContent = words
  return changes
}

// Above the buttons, which stay at the foot: who will see it, and why it is not saved.
function inSight(line) {
  requestAnimationFrame(() => line.scrollIntoView({ block: "nearest" }))
}

function goOnTyping(field, { at }) {
  field?.focus({ preventScroll: true })
  field?.setSelectionRange(...at)
}
