// A seat's ballot: a domain a screen, then its answers to check.
//
// A tap shows at once and waits in `waiting` until the server has answered that it is on disk.
// What waits, and where the seat is, is kept in this tab: a reload or a cut loses neither.
const AGAIN = 1000 // ms until a tap that did not arrive is sent again
const PATIENCE = 8000 // ms that an answer may take
const AWAY = "Not saved yet. Kept on this device, and sent when the laptop is reached."
const ballots = new WeakMap()

function make(tag, properties = {}, ...parts) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...parts)
  return element
}

class Ballot {
  constructor(root) {
    this.root = root
    this.saved = {}
    this.waiting = {}
    this.said = ""
    this.place = 0
    this.status = make("p", { className: "status", role: "status" })
    this.screen = make("div")
    root.append(make("div", { className: "ballot" }, this.status, this.screen))
    this.wake = () => this.send()
    addEventListener("online", this.wake)
  }

  // Take what the server drew: other rounds begin anew at the first unanswered domain.
  take(data) {
    const rounds = JSON.stringify(data.domains.map((domain) => [domain.key, domain.round]))
    const begins = rounds !== this.rounds
    Object.assign(this, { data, rounds })
    if (!this.sending) this.saved = data.answers
    if (begins) {
      const kept = this.recalled()
      this.waiting = kept.waiting
      const unanswered = data.domains.findIndex((domain) => this.answer(domain) === undefined)
      this.place = kept.place ?? (unanswered < 0 ? data.domains.length : unanswered)
      this.keep()
    }
    this.draw()
    this.send()
  }

  answer(domain) {
    return (this.waiting[domain.key] ?? { score: this.saved[domain.key] }).score
  }

  choose(domain, score) {
    this.said = ""
    this.waiting[domain.key] = { domain: domain.key, round: domain.round, score }
    this.keep()
    this.say()
    this.send()
  }

  // One request at a time, the oldest tap first: the last tap on a domain is the last one saved.
  async send() {
    const [tap] = Object.values(this.waiting)
    if (!tap || this.sending) return
    this.sending = true
    clearTimeout(this.later)
    const settled = await this.post(tap)
    this.sending = false
    if (settled && this.waiting[tap.domain] === tap) delete this.waiting[tap.domain]
    this.away = !settled
    this.keep()
    this.say()
    if (settled) this.send()
    else this.later = setTimeout(() => this.send(), AGAIN)
  }

  // Tell whether the tap is settled, saved or refused; what may yet succeed is sent again.
  async post(tap) {
    this.said = ""
    try {
      const answer = await fetch(this.data.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(tap),
        signal: AbortSignal.timeout(PATIENCE),
      })
      const told = await answer.json()
      if (answer.ok) this.saved = told.answers
      else this.said = told.said
      if (answer.status >= 500) return false
      if (!answer.ok) this.unchoose(tap)
      return true
    } catch {
      return false
    }
  }

  // A refused tap must not look saved.
  unchoose(tap) {
    if (this.waiting[tap.domain] === tap) delete this.waiting[tap.domain]
    this.draw()
  }

  keep() {
    const { rounds, place, waiting } = this
    sessionStorage.setItem(this.data.address, JSON.stringify({ rounds, place, waiting }))
  }

  // What this tab kept counts in the same rounds only.
  recalled() {
    const kept = JSON.parse(sessionStorage.getItem(this.data.address))
    return kept?.rounds === this.rounds ? kept : { waiting: {} }
  }

  say() {
    const done = Object.keys(this.saved).length
    const waits = Object.keys(this.waiting).length
    const saved = done ? `${done} of ${this.data.domains.length} saved` : ""
    const words = this.said || (waits ? (this.away ? AWAY : "Saving") : saved)
    this.status.dataset.state = words === saved ? "saved" : "open"
    if (this.status.textContent !== words) this.status.textContent = words
  }

  go(place) {
    this.place = place
    this.keep()
    this.draw()
    this.root.querySelector("h1").focus({ preventScroll: true })
    this.root.querySelector(".ballot").scrollIntoView({ block: "start" })
  }

  draw() {
    const domain = this.data.domains[this.place]
    this.screen.replaceChildren(...(domain ? this.question(domain) : this.check()), this.steps())
    this.screen.append(make("p", { className: "promise", textContent: this.data.promise }))
    this.say()
  }

  question(domain) {
    const where = `${this.data.team}, ${this.place + 1} of ${this.data.domains.length}`
    const legend = make("legend", { textContent: domain.question })
    const choices = domain.choices.map((choice) => this.choice(domain, choice))
    return [
      make("p", { className: "where", textContent: where }),
      make("h1", { textContent: domain.name, tabIndex: -1 }),
      make("fieldset", {}, legend, ...choices),
    ]
  }

  choice(domain, { score, name, statement }) {
    const checked = this.answer(domain) === score
    const radio = make("input", { type: "radio", name: domain.key, checked })
    radio.onchange = () => this.choose(domain, score)
    const words = make("span", {}, make("b", { textContent: name }), ` ${statement}`)
    return make("label", {}, radio, words)
  }

  check() {
    const { domains, team } = this.data
    const left = domains.filter((domain) => this.answer(domain) === undefined).length
    const words = left
      ? `${domains.length - left} of ${domains.length} are answered. Tap one to answer it.`
      : `All ${domains.length} are answered. You can change them until the reveal.`
    return [
      make("p", { className: "where", textContent: team }),
      make("h1", { textContent: "Check your answers", tabIndex: -1 }),
      make("p", { textContent: words }),
      ...domains.map((domain, place) => this.row(domain, place)),
    ]
  }

  row(domain, place) {
    const answer = this.answer(domain) ?? "not answered yet"
    const said = make("b", { textContent: answer === "cannot say" ? "Cannot say" : answer })
    const words = make("span", { textContent: domain.name })
    return make("button", { className: "row", onclick: () => this.go(place) }, words, said)
  }

  steps() {
    const last = this.data.domains.length - 1
    const onward = this.place === last ? "Check your answers" : "Next"
    const back = { textContent: "Back", disabled: this.place === 0 }
    const buttons = [make("button", { ...back, onclick: () => this.go(this.place - 1) })]
    const next = { textContent: onward, className: "next", onclick: () => this.go(this.place + 1) }
    if (this.place <= last) buttons.push(make("button", next))
    return make("div", { className: "steps" }, ...buttons)
  }

  close() {
    clearTimeout(this.later)
    removeEventListener("online", this.wake)
  }
}

export default function ({ data, parentElement }) {
  const ballot = ballots.get(parentElement) ?? new Ballot(parentElement)
  ballots.set(parentElement, ballot)
  ballot.take(data)
  return () => {
    ballot.close()
    ballots.delete(parentElement)
  }
}
