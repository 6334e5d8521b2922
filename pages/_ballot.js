// A seat's ballot: a domain a screen, then its answers to check.
//
// A tap shows at once and waits in `waiting` until the server has answered that it is on disk.
// What waits, and where the seat is, is kept in this tab: a reload or a cut loses neither.
const AGAIN = 1000 // ms until a tap that did not arrive is sent again
const SOON = 100 // ms until a tap that another one overtook is sent after it
const PATIENCE = 8000 // ms that an answer may take
const AWAY = "Not saved yet. Kept on this device, and sent when the laptop is reached."
const LATE = "Your last tap came after the reveal and was not saved. The score before it stands."
const FINAL = new Set([400, 403, 404, 409, 429]) // refusals that no second try can change
const ballots = new WeakMap()

function make(tag, properties = {}, ...parts) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...parts)
  return element
}

class Ballot {
  constructor(root) {
    Object.assign(this, { root, saved: {}, taps: {}, waiting: {}, said: "", place: 0 })
    this.status = make("p", { className: "status", role: "status" })
    this.screen = make("div")
    root.append(make("div", { className: "ballot" }, this.status, this.screen))
    this.wake = () => this.send()
    addEventListener("online", this.wake)
  }

  // Take what the server drew: other rounds begin anew at the first unanswered domain.
  take(data) {
    const rounds = Object.fromEntries(data.domains.map((domain) => [domain.key, domain.round]))
    const begins = JSON.stringify(rounds) !== JSON.stringify(this.rounds)
    Object.assign(this, { data, rounds })
    if (begins) this.begin()
    this.hear(data)
    if (begins) this.draw()
    this.send()
  }

  begin() {
    const kept = recalled(this.data.address)
    const open = (tap) => this.rounds[tap.domain] === tap.round
    const taps = Object.values(kept.waiting ?? {})
    const waiting = taps.filter(open).map((tap) => [tap.domain, tap])
    Object.assign(this, { saved: {}, taps: {}, waiting: Object.fromEntries(waiting), shown: [] })
    this.said = waiting.length < taps.length || kept.late ? LATE : ""
    this.place = JSON.stringify(kept.rounds) === JSON.stringify(this.rounds) ? kept.place : undefined
  }

  // Of two answers the one after more taps is the newer, whichever arrives last.
  hear({ answers, taps }) {
    for (const [key, count] of Object.entries(taps)) {
      if (!(key in this.rounds) || count < (this.taps[key] ?? 0)) continue
      this.taps[key] = count
      this.saved[key] = answers[key]
    }
    const unanswered = this.data.domains.findIndex((each) => this.answer(each) === undefined)
    this.place ??= unanswered < 0 ? this.data.domains.length : unanswered
    this.refresh()
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

  // One request at a time, the oldest tap first. A tap says after how many it comes: one that
  // was given up and arrives late never overtakes a newer one.
  async send() {
    const [tap] = Object.values(this.waiting)
    if (!tap || this.sending || this.closed) return
    this.sending = true
    clearTimeout(this.later)
    const settled = await this.post({ ...tap, after: this.taps[tap.domain] ?? 0 })
    this.sending = false
    if (this.closed) return
    if (settled && this.waiting[tap.domain] === tap) delete this.waiting[tap.domain]
    this.away = settled === undefined
    this.keep()
    this.refresh()
    if (settled) this.send()
    else this.later = setTimeout(() => this.send(), this.away ? AGAIN : SOON)
  }

  // True: saved or refused for good. False: another tap was newer. Undefined: try again later.
  async post(tap) {
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), PATIENCE)
    try {
      const answer = await fetch(this.data.address, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(tap),
        keepalive: true,
        signal: patience.signal,
      })
      return this.settle(tap, answer, await answer.json())
    } catch {
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  settle(tap, answer, told) {
    this.said = typeof told.said === "string" ? told.said : ""
    if (answer.ok && told.answers && told.taps) {
      if (this.rounds[tap.domain] === tap.round) this.hear(told)
      return told.answers[tap.domain] === tap.score
    }
    if (!this.said || !FINAL.has(answer.status)) return undefined
    if (answer.status === 409) this.late = true
    return true
  }

  // A tab whose storage is full or forbidden goes on without it.
  keep() {
    const { rounds, place, waiting, late } = this
    try {
      sessionStorage.setItem(this.data.address, JSON.stringify({ rounds, place, waiting, late }))
    } catch {}
  }

  // Say how it stands, and mark what is chosen, without taking the focus from anybody.
  refresh() {
    for (const { domain, element, score } of this.shown) {
      if (element.type === "radio") element.checked = this.answer(domain) === score
      else element.textContent = said(this.answer(domain))
    }
    this.say()
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
    Object.assign(this, { place, said: "" })
    this.keep()
    this.draw()
    this.root.querySelector("h1").focus({ preventScroll: true })
    this.root.querySelector(".ballot").scrollIntoView({ block: "start" })
  }

  draw() {
    this.shown = []
    this.late = false
    this.keep()
    const { domains, promise } = this.data
    const domain = domains[this.place]
    const screen = domain ? this.question(domain) : this.check()
    const foot = [this.steps(), make("p", { className: "promise", textContent: promise })]
    this.screen.replaceChildren(...(domains.length ? [...screen, ...foot] : []))
    this.refresh()
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
    const element = make("input", { type: "radio", name: domain.key })
    element.onchange = () => this.choose(domain, score)
    this.shown.push({ domain, element, score })
    const words = make("span", {}, make("b", { textContent: name }), ` ${statement}`)
    return make("label", {}, element, words)
  }

  check() {
    const { domains, team } = this.data
    const left = domains.filter((domain) => this.answer(domain) === undefined).length
    const words = left
      ? `${domains.length - left} of ${domains.length} are answered. Tap one to answer it.`
      : `You have finished: all ${domains.length} are answered. This page moves by itself at the reveal; until then you can change them.`
    return [
      make("p", { className: "where", textContent: team }),
      make("h1", { textContent: "Check your answers", tabIndex: -1 }),
      make("p", { textContent: words }),
      ...domains.map((domain, place) => this.row(domain, place)),
    ]
  }

  row(domain, place) {
    const element = make("b")
    this.shown.push({ domain, element })
    const words = make("span", { textContent: domain.name })
    return make("button", { className: "row", onclick: () => this.go(place) }, words, element)
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
    this.closed = true
    clearTimeout(this.later)
    removeEventListener("online", this.wake)
  }
}

function said(answer) {
  return answer === undefined ? "not answered yet" : answer === "cannot say" ? "Cannot say" : answer
}

function recalled(address) {
  try {
    return JSON.parse(sessionStorage.getItem(address)) ?? {}
  } catch {
    return {}
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
