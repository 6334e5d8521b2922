// A seat's ballot: a domain a screen, then its answers to check.
//
// A tap shows at once and waits (see _ballot_sending.js) until the server has answered that it is
// on disk. Where the seat is, is kept in this tab: a reload or a cut loses neither.
const LATE = "Your last tap came after the reveal and was not saved. The score before it stands."
const LOST = "Not saved before the reveal, so nobody has seen what you wrote:"
const LOST_WITH_IT = "Not saved, so nobody has seen what you wrote:"
const FINAL = new Set([400, 403, 404, 409, 422, 429]) // refusals that no second try can change
const ballots = new WeakMap()

function make(tag, properties = {}, ...parts) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...parts)
  return element
}

class Ballot extends Sending {
  constructor(root) {
    super()
    Object.assign(this, { root, place: 0, shown: [] })
    this.status = make("p", { className: "status", role: "status" })
    this.screen = make("div")
    const told = make("div", { className: "told" }, this.status)
    root.append(make("div", { className: "ballot" }, told, this.screen))
  }

  // Take what the server drew: other rounds begin anew at the first unanswered domain.
  take(data) {
    const rounds = Object.fromEntries(data.domains.map((domain) => [domain.key, domain.round]))
    const begins = JSON.stringify(rounds) !== JSON.stringify(this.rounds)
    const typing = begins && this.typing(rounds)
    Object.assign(this, { data, rounds })
    if (begins) this.begin()
    if (typing) this.place = data.domains.findIndex((domain) => domain.key === typing.domain)
    for (const kind of Object.keys(KINDS)) this.hear(kind, KINDS[kind].kept(data))
    const unanswered = data.domains.findIndex((each) => this.answer(each) === undefined)
    this.place ??= unanswered < 0 ? data.domains.length : unanswered
    if (begins) this.draw()
    else this.refresh()
    if (typing) goOnTyping(this.screen.querySelector("textarea"), typing)
    this.send()
  }

  // Whoever types while further domains open stays in the line, at the same letter.
  typing(rounds) {
    const field = this.screen.getRootNode().activeElement
    const domain = this.data?.domains[this.place]
    if (field?.tagName !== "TEXTAREA" || rounds[domain?.key] !== domain?.round) return undefined
    return { domain: domain.key, at: [field.selectionStart, field.selectionEnd] }
  }

  begin() {
    const kept = this.recall()
    this.said = kept.late && !this.data.taken_back ? LATE : ""
    this.place = JSON.stringify(kept.rounds) === JSON.stringify(this.rounds) ? kept.place : undefined
  }

  answer(domain) {
    return this.given("vote", domain)
  }

  // Say how it stands, and mark what is chosen, without taking the focus from anybody.
  refresh() {
    for (const each of this.shown) each()
    const done = Object.keys(this.saved.vote).length
    // Of nothing saved it is silent: said with the stage, it would be heard instead of it.
    const saved = done ? `${done} of ${this.data.domains.length} saved` : ""
    const words = this.said || this.waitingSaid() || saved
    this.status.dataset.state = words === saved ? "saved" : "open"
    if (this.status.textContent !== words) this.status.textContent = words
  }

  go(place) {
    this.release()
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
    const { domains, promise, whose } = this.data
    const domain = domains[this.place]
    const screen = domain ? this.question(domain) : this.check()
    const under = [promise, whose].map((words) => make("p", { className: "promise", textContent: words }))
    const foot = [this.steps(), ...under]
    this.screen.replaceChildren(...(domains.length ? [...screen, ...foot] : this.lostLines()))
    this.refresh()
  }

  // On the result: what was typed too late is still there to be said aloud.
  lostLines() {
    if (!this.lost.length) return []
    const lines = this.lost.map((words) => make("blockquote", { textContent: words }))
    return [make("p", { textContent: this.data.taken_back ? LOST_WITH_IT : LOST }), ...lines]
  }

  question(domain) {
    const where = `${this.data.team}, ${this.place + 1} of ${this.data.domains.length}`
    const legend = make("legend", { textContent: domain.question })
    const fields = make("fieldset", { className: "choices" }, legend, this.rule())
    fields.append(...domain.choices.map((choice) => this.choice(domain, choice)))
    return [
      make("p", { className: "where", textContent: where }),
      make("h1", { textContent: domain.name, tabIndex: -1 }),
      ...[this.data.kept, domain.look].filter(Boolean).map((words) => make("p", { className: "look", textContent: words })),
      fields,
      ...(domain.guess ? [guessRow(this, domain)] : []),
      reasonLine(this, domain),
    ]
  }

  // How to choose; opened, what the words mean here.
  rule() {
    const { rule, meant, terms } = this.data
    const lines = terms.flatMap(([called, words]) => [
      make("dt", { textContent: called }),
      make("dd", { textContent: words }),
    ])
    const summary = make("summary", {}, `${rule} `, make("u", { textContent: meant }))
    return make("details", { className: "rule" }, summary, make("dl", {}, ...lines))
  }

  choice(domain, { score, name, statement }) {
    const element = make("input", { type: "radio", name: domain.key })
    element.onchange = () => this.give("vote", domain, { score })
    this.shown.push(() => (element.checked = this.answer(domain) === score))
    const words = make("span", {}, make("b", { textContent: name }), ` ${statement}`)
    return make("label", {}, element, words)
  }

  check() {
    const { domains, team } = this.data
    const left = domains.filter((domain) => this.answer(domain) === undefined).length
    const words = left
      ? `${domains.length - left} of ${domains.length} are answered. Tap one to answer it.`
      : `You have finished: all ${domains.length} are answered. The results will appear here. Until then you can change your answers.`
    return [
      make("p", { className: "where", textContent: team }),
      make("h1", { textContent: "Check your answers", tabIndex: -1 }),
      ...[this.data.kept, words].filter(Boolean).map((each) => make("p", { textContent: each })),
      ...domains.map((domain, place) => this.row(domain, place)),
      ...(this.data.before?.asked && domains.length ? [lastTime(this)] : []),
    ]
  }

  row(domain, place) {
    const element = make("b")
    const beside = make("small")
    const chosen = make("small", { className: "chosen" })
    this.shown.push(() => {
      element.textContent = said(this.answer(domain))
      chosen.textContent = this.readBack(domain)
      beside.textContent = besideSaid(this, domain)
    })
    const words = make("span", {}, domain.short, chosen, beside)
    return make("button", { className: "row", onclick: () => this.go(place) }, words, element)
  }

  readBack(domain) {
    const answer = this.answer(domain)
    return domain.choices.find(({ score }) => score === answer)?.statement ?? ""
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
}

function said(answer) {
  return answer === undefined ? "not answered yet" : answer === "cannot say" ? "Cannot say" : answer
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
