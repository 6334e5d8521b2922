// What a seat gives, on its way to the laptop: scores, reasons and guesses.
//
// It waits here until the server has answered that it is on disk, and is kept in this tab.
const AGAIN = 1000 // ms until what did not arrive is sent again
const SOON = 100 // ms until what another one overtook is sent after it
const PAUSE = 700 // ms without a key after which a line is sent
const ONLY_ASKS = -1 // as if after no giving: nothing is saved, and what stands is told
const PATIENCE = 8000 // ms that an answer may take
const AWAY = "No connection. Your answer is safe on this device and will be sent."

// Where each kind goes, what the server kept of it, and whether an answer says that it stands.
// `kept` and `times` (how often it was given) are by domain.
const KINDS = {
  vote: {
    kept: ({ answers, taps }) => answers && taps && { kept: answers, times: taps },
    stands: (told, { domain, given }) => told.answers[domain] === given.score,
  },
  reason: { kept: one("reasons", "reworded"), stands: (told) => told.stands },
  guess: { kept: one("guesses", "guess_taps"), stands: (told) => told.stands },
}

// A drawing tells of every domain, an answer of the one that was sent.
function one(all, times) {
  return (told, domain) =>
    domain === undefined
      ? { kept: told[all], times: told[times] }
      : typeof told.times === "number" && { kept: { [domain]: told.kept }, times: { [domain]: told.times } }
}

class Sending {
  constructor() {
    this.rounds = undefined
    this.forget()
    this.wake = () => this.send()
    this.leave = () => document.visibilityState === "hidden" && this.release()
    addEventListener("online", this.wake)
    document.addEventListener("visibilitychange", this.leave)
  }

  forget() {
    const none = () => Object.fromEntries(Object.keys(KINDS).map((kind) => [kind, {}]))
    Object.assign(this, { saved: none(), times: none(), waiting: {}, lost: [], said: "" })
  }

  // Of two answers the one after more givings is the newer, whichever arrives last.
  hear(kind, { kept, times }) {
    for (const [key, count] of Object.entries(times)) {
      if (!(key in this.rounds) || count < (this.times[kind][key] ?? 0)) continue
      this.times[kind][key] = count
      this.saved[kind][key] = kept[key]
    }
  }

  entry(kind, domain) {
    return this.waiting[`${kind} ${domain.key}`]
  }

  // What this seat last gave, saved or not; undefined where it gave nothing.
  given(kind, domain) {
    const waits = this.entry(kind, domain)
    if (!waits) return this.saved[kind][domain.key]
    return kind === "reason" ? waits.given : Object.values(waits.given)[0]
  }

  // `held`: somebody is still typing; it goes after a pause, or when the line is left.
  give(kind, domain, given, held = false) {
    this.said = ""
    const { key, round } = domain
    const entry = { kind, domain: key, round, given, held }
    this.waiting[`${kind} ${key}`] = { ...entry, order: this.nextOrder(entry) }
    clearTimeout(this.pausing)
    if (held) this.pausing = setTimeout(() => this.release(), PAUSE)
    this.keep()
    this.refresh()
    this.send()
  }

  drop(kind, domain) {
    delete this.waiting[`${kind} ${domain.key}`]
    this.keep()
  }

  release() {
    clearTimeout(this.pausing)
    for (const each of Object.values(this.waiting)) each.held = false
    this.send()
  }

  // One request at a time, the oldest tap first, lines after taps. Each says after how many it
  // comes: one that was given up and arrives late never overtakes a newer one.
  async send() {
    const ready = Object.values(this.waiting).filter((each) => !each.held && !each.refused)
    const next = ready.find((each) => each.kind === "vote") ?? ready[0]
    if (!next || this.sending || this.closed) return
    this.sending = true
    clearTimeout(this.later)
    const settled = await this.post(next)
    this.sending = false
    if (this.closed) return
    const key = `${next.kind} ${next.domain}`
    if (settled && !next.refused && this.waiting[key] === next) delete this.waiting[key]
    this.away = settled === undefined
    this.keep()
    this.refresh()
    if (settled) this.send()
    else this.later = setTimeout(() => this.send(), this.away ? AGAIN : SOON)
  }

  // True: saved or refused for good. False: another one was newer. Undefined: try again later.
  async post(sent) {
    const { kind, domain, round, given } = sent
    const overtaken = this.isOvertaken(sent)
    if (overtaken && kind === "guess") return true
    const after = overtaken ? ONLY_ASKS : (this.times[kind][domain] ?? 0)
    const patience = new AbortController()
    const timer = setTimeout(() => patience.abort(), PATIENCE)
    try {
      const answer = await fetch(this.data.addresses[kind], {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ domain, round, after, ...given }),
        keepalive: true,
        signal: patience.signal,
      })
      return this.settle(sent, answer, await answer.json())
    } catch {
      return undefined
    } finally {
      clearTimeout(timer)
    }
  }

  settle(sent, answer, told) {
    const { kind, domain, round } = sent
    const words = typeof told.said === "string" ? told.said : ""
    this.said = kind === "reason" && FINAL.has(answer.status) ? "" : words
    const kept = answer.ok && KINDS[kind].kept(told, domain)
    if (kept) {
      if (this.rounds[domain] === round) this.hear(kind, kept)
      return KINDS[kind].stands(told, sent) || this.isOvertaken(sent)
    }
    if (!words || !FINAL.has(answer.status)) return undefined
    if (kind === "reason") sent.refused = words // stays in its line, with the sentence beside it
    else if (answer.status === 409) this.late = true
    return true
  }

  // Tabs of one browser share a seat. Of what they give the last one counts, whichever arrives
  // last; so they count together, in what a tab reads of another. Only the count is kept there.
  nextOrder(entry) {
    const order = this.newestOrder(entry) + 1
    try {
      localStorage.setItem(this.orderKept(entry), order)
    } catch {}
    return order
  }

  isOvertaken(entry) {
    return this.newestOrder(entry) > entry.order
  }

  newestOrder(entry) {
    try {
      return Number(localStorage.getItem(this.orderKept(entry)))
    } catch {
      return 0
    }
  }

  orderKept({ kind, domain, round }) {
    return `${this.data.addresses[kind]} ${this.data.seat} ${domain} ${round}`
  }

  // By its seat: what one person gave waits for nobody else who is handed this device.
  placeKept() {
    return `${this.data.addresses.vote} ${this.data.seat}`
  }

  waitingSaid() {
    const waits = Object.values(this.waiting).filter((each) => !each.held && !each.refused)
    if (this.away && waits.length) return AWAY
    return waits.some((each) => each.kind !== "reason") ? "Saving" : ""
  }

  // A tab whose storage is full or forbidden goes on without it.
  keep() {
    const { rounds, place, waiting, late, lost } = this
    const kept = JSON.stringify({ rounds, place, waiting, late, lost })
    try {
      sessionStorage.setItem(this.placeKept(), kept)
    } catch {}
  }

  // Take up what this tab kept for the open rounds; what waited for others has come too late.
  recall() {
    const kept = recalled(this.placeKept())
    const waited = Object.entries(kept.waiting ?? {}).filter(([, { kind }]) => kind in KINDS)
    const open = ([, { domain, round }]) => this.rounds[domain] === round
    const late = waited.filter((each) => !open(each)).map(([, each]) => each)
    const words = late.filter(({ kind, given }) => kind === "reason" && given.said.trim())
    const before = Object.keys(this.rounds).length ? [] : (kept.lost ?? [])
    this.forget()
    this.waiting = Object.fromEntries(waited.filter(open))
    for (const each of Object.values(this.waiting)) each.held = false
    this.lost = [...before, ...words.map(({ given }) => given.said)]
    return { ...kept, late: kept.late || late.some(({ kind }) => kind === "vote") }
  }

  close() {
    this.closed = true
    clearTimeout(this.later)
    clearTimeout(this.pausing)
    removeEventListener("online", this.wake)
    document.removeEventListener("visibilitychange", this.leave)
  }
}

function recalled(place) {
  try {
    return JSON.parse(sessionStorage.getItem(place)) ?? {}
  } catch {
    return {}
  }
}
