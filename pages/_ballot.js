// A seat's ballot: a domain a screen, then its answers to check.
//
// A tap shows at once and waits (see _ballot_sending.js) until the server has answered that it is
// on disk. Where the seat is, is kept in this tab: a reload or a cut loses neither.
const LATE = "Your last tap came after the reveal and was not saved. The score before it stands."
const LOST = "Not saved before the reveal, so nobody has seen what you wrote:"
const LOST_WITH_IT = "Not saved, so nobody has seen what you wrote:"
const FINAL = new Set([400, 403, 404, 409, 422, 429]) // refusals that no second try can change
const PICKED = 1 // of a list to pick from: this one; 0 is not
const ballots = new WeakMap()

function make(tag, properties = {}, ...parts) {
  const element = Object.assign(document.createElement(tag), properties)
  element.append(...parts)
  return element
}

class Ballot extends Sending {
  constructor(root) {
    super()
    Object.assign(this, { root, place: 0, screens: [], shown: [] })
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
    const screens = new Map()
    for (const domain of data.domains) {
      const at = domain.screen ?? domain.key
      screens.set(at, [...(screens.get(at) ?? []), domain])
    }
    this.screens = [...screens.values()]
    if (typing) this.place = this.screenOf(typing.domain)
    for (const kind of Object.keys(KINDS)) this.hear(kind, KINDS[kind].kept(data))
    const unanswered = this.screens.findIndex((asked) => this.left(asked))
    this.place ??= unanswered < 0 ? this.screens.length : unanswered
    if (begins) this.draw()
    else this.refresh()
    if (typing) goOnTyping(this.screen.querySelector("textarea"), typing)
    this.send()
  }

  // Whoever types while further domains open stays in the line, at the same letter.
  typing(rounds) {
    const field = this.screen.getRootNode().activeElement
    const domain = this.screens[this.place]?.[0]
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

  screenOf(key) {
    return this.screens.findIndex((asked) => asked.some((domain) => domain.key === key))
  }

  // How much of a screen is not answered yet; what is picked from many is one answer.
  left(asked, answer = (domain) => this.answer(domain)) {
    if (asked[0].pick) return asked.some((domain) => answer(domain) === PICKED) ? 0 : 1
    return asked.filter((domain) => answer(domain) === undefined).length
  }

  // How many answers are asked for in all, and how many of them are open, or would be with these.
  counted(answer) {
    const many = this.screens.map((asked) => (asked[0].pick ? 1 : asked.length))
    const left = this.screens.map((asked) => this.left(asked, answer))
    const sum = (numbers) => numbers.reduce((one, other) => one + other, 0)
    return { many: sum(many), left: sum(left) }
  }

  // Say how it stands, and mark what is chosen, without taking the focus from anybody.
  refresh() {
    for (const each of this.shown) each()
    const { many, left } = this.counted((domain) => this.saved.vote[domain.key])
    // Of nothing saved it is silent: said with the stage, it would be heard instead of it.
    const saved = many > left ? `${many - left} of ${many} saved` : ""
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
    const asked = this.screens[this.place]
    const screen = asked ? this.question(asked) : this.check()
    const words = asked?.[0].promise ? [asked[0].promise] : [promise, whose]
    const told = make("p", { className: "promise", textContent: words.join(" ").trim() })
    const foot = [told, this.steps()]
    this.screen.replaceChildren(...(domains.length ? [...screen, ...foot] : this.lostLines()))
    this.refresh()
  }

  // On the result: what was typed too late is still there to be said aloud.
  lostLines() {
    if (!this.lost.length) return []
    const lines = this.lost.map((words) => make("blockquote", { textContent: words }))
    return [make("p", { textContent: this.data.taken_back ? LOST_WITH_IT : LOST }), ...lines]
  }

  question([domain, ...others]) {
    const where = `${this.data.team}, ${this.place + 1} of ${this.screens.length}`
    if (domain.screen) return this.beside(where, [domain, ...others])
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

  // What is asked beside the domains: both times of a row on one screen, or one list to pick from.
  beside(where, asked) {
    const [first] = asked
    const fields = first.pick
      ? [this.fields(first.question, ...asked.map((domain) => this.picking(domain, asked)))]
      : asked.map((domain) =>
          this.fields(domain.legend, ...domain.choices.map((choice) => this.choice(domain, choice))),
        )
    const look = first.look ? [make("p", { className: "look", textContent: first.look })] : []
    const asks = first.pick || first.question === first.legend ? [] : [make("p", { textContent: first.question })]
    return [
      make("p", { className: "where", textContent: where }),
      make("h1", { textContent: first.name, tabIndex: -1 }),
      ...look,
      ...asks,
      make("p", { className: "note", textContent: first.note }),
      ...fields,
    ]
  }

  fields(legend, ...choices) {
    const asks = make("legend", { textContent: legend })
    return make("fieldset", { className: "choices beside" }, asks, ...choices)
  }

  picking(domain, asked) {
    const element = make("input", { type: "checkbox" })
    const others = () => asked.filter((other) => other !== domain && this.answer(other) === PICKED)
    element.onchange = () => this.give("vote", domain, { score: element.checked ? PICKED : 0 })
    this.shown.push(() => {
      element.checked = this.answer(domain) === PICKED
      element.disabled = !element.checked && others().length >= domain.pick
    })
    return make("label", {}, element, make("span", {}, make("b", { textContent: domain.short })))
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
    const { many, left } = this.counted()
    const words = left
      ? `${many - left} of ${many} are answered. Tap one to answer it.`
      : `You have finished: all ${many} are answered. The results will appear here. Until then you can change your answers.`
    return [
      make("p", { className: "where", textContent: team }),
      make("h1", { textContent: "Check your answers", tabIndex: -1 }),
      ...[this.data.kept, words].filter(Boolean).map((each) => make("p", { textContent: each })),
      ...domains.map((domain) => this.row(domain, this.screenOf(domain.key))),
      ...(this.data.before?.asked && domains.length ? [lastTime(this)] : []),
    ]
  }

  row(domain, place) {
    const element = make("b")
    const beside = make("small")
    const chosen = make("small", { className: "chosen" })
    this.shown.push(() => {
      element.textContent = domain.pick ? picked(this.answer(domain)) : domain.screen ? "" : said(this.answer(domain))
      chosen.textContent = this.readBack(domain)
      beside.textContent = besideSaid(this, domain)
    })
    const words = make("span", {}, domain.short, chosen, beside)
    return make("button", { className: "row", onclick: () => this.go(place) }, words, element)
  }

  readBack(domain) {
    const answer = this.answer(domain)
    const chosen = domain.choices.find(({ score }) => score === answer)
    if (domain.screen && !domain.pick) return chosen?.name ?? said(answer)
    return chosen?.statement ?? ""
  }

  steps() {
    const last = this.screens.length - 1
    const onward = this.place === last ? "Check your answers" : "Next"
    const back = { textContent: "Back", disabled: this.place === 0 }
    const buttons = [make("button", { ...back, onclick: () => this.go(this.place - 1) })]
    const next = { textContent: onward, className: "next", onclick: () => this.go(this.place + 1) }
    if (this.place <= last) buttons.push(make("button", next))
    return make("div", { className: "steps" }, ...buttons)
  }
}

function picked(answer) {
  return answer === PICKED ? "chosen" : ""
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
